// What a shop in JavaScript needs to talk to the four companies: Node's own
// modules only. Copy it; the addresses and credentials come from the environment,
// as `cardsim exec` sets them.
import { createHash, publicEncrypt, constants } from "node:crypto";

const env = process.env;

async function json(url, { method = "POST", headers = {}, body } = {}) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

// Cardtokens: the card travels encrypted, RSA PKCS #1 v1.5, base64.
export function createToken(card) {
  const key = Buffer.from(env.CARDTOKENS_PUBLIC_KEY, "base64");
  const enccard = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(JSON.stringify(card))).toString("base64");
  return json(`${env.CARDTOKENS_URL}/api/token`, {
    headers: { "X-Api-Key": env.CARDTOKENS_LIVE_API_KEY },
    body: { enccard, merchantid: env.CARDTOKENS_MERCHANT_ID },
  });
}

export function cryptogram(tokenid, reference) {
  return json(`${env.CARDTOKENS_URL}/api/token/${tokenid}/cryptogram`, {
    headers: { "X-Api-Key": env.CARDTOKENS_LIVE_API_KEY },
    body: { reference },
  });
}

const escapeXML = (s) => String(s).replace(/[<>&]/g, (c) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;" })[c]);

// Cardinal: one XML document in a form field; the signature is SHA-256 of
// timestamp and API key.
export async function cmpi(msgType, elements) {
  const timestamp = String(Date.now());
  const signature = createHash("sha256").update(timestamp + env.CARDINAL_API_KEY).digest("base64");
  const all = {
    MsgType: msgType, Version: "1.7", TransactionType: "C", Algorithm: "SHA-256", Identifier: env.CARDINAL_IDENTIFIER,
    OrgUnit: env.CARDINAL_ORG_UNIT, Signature: signature, Timestamp: timestamp, ...elements,
  };
  const xml = Object.entries(all).map(([name, value]) => `<${name}>${escapeXML(value)}</${name}>`).join("");
  const answer = await fetch(env.CARDINAL_URL, { method: "POST", body: new URLSearchParams({ cmpi_msg: `<CardinalMPI>${xml}</CardinalMPI>` }) });
  const text = await answer.text();
  return Object.fromEntries([...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map((m) => [m[1], m[2]]));
}

// AceHub: Basic credentials, and the business in the envelope.
export function pay(body) {
  const basic = Buffer.from(`${env.ACEHUB_USERNAME}:${env.ACEHUB_PASSWORD}`).toString("base64");
  return json(`${env.ACEHUB_URL}payments`, {
    headers: { Authorization: `Basic ${basic}` },
    body: { action: "authorize", header: { businessId: env.ACEHUB_BUSINESS_ID }, body },
  });
}

// The simulator's own API: what a test asks and does beside the code under test.
export function admin(method, path, body) {
  return json(`${env.CARDSIM_ADMIN_URL}/api/v1/sandboxes/${env.CARDSIM_SANDBOX}${path}`, { method, body });
}
