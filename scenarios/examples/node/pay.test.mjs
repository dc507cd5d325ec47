// A shop's test suite in JavaScript. Run it against a simulator of its own:
//
//   cardsim exec -- node --test scenarios/examples/node/pay.test.mjs
import test from "node:test";
import assert from "node:assert/strict";
import { admin, cmpi, createToken, cryptogram, pay } from "./cardsim.mjs";

const card = { pan: "4000000000001091", expmonth: 1, expyear: 2031, securitycode: "123" };

// authenticate takes the cardholder through 3-D Secure without a browser.
async function authenticate(order) {
  const lookup = await cmpi("cmpi_lookup", {
    OrderNumber: order, Amount: "12345", CurrencyCode: "978", CardNumber: card.pan, CardExpMonth: "01", CardExpYear: "2031",
  });
  assert.equal(lookup.PAResStatus, "C", "the issuer asks for a challenge");
  const { body: challenges } = await admin("GET", "/challenges");
  const challenge = challenges.items.find((c) => c.transactionId === lookup.TransactionId);
  const done = await admin("POST", `/challenges/${challenge.id}`, { action: "approve" });
  assert.equal(done.status, 200);
  const result = await cmpi("cmpi_authenticate", { TransactionId: lookup.TransactionId });
  assert.equal(result.SignatureVerification + result.PAResStatus, "YY");
  return { version: "2", eci: result.EciFlag, avv: result.Cavv, dsTransactionId: lookup.DSTransactionId };
}

async function payment(order) {
  const { body: token } = await createToken(card);
  const threeDSecure = await authenticate(order);
  const { body: proof } = await cryptogram(token.tokenid, order);
  return {
    transaction: { trackingCode: order, brandId: 1010, amount: 123.45, currencyCode: "EUR" },
    card: { number: token.token, expiryMonth: token.expmonth, expiryYear: token.expyear, cryptogram: proof.cryptogram },
    threeDSecure,
  };
}

test("a payment with network token, cryptogram and 3-D Secure is authorised", async () => {
  const { status, body } = await pay(await payment("NODE-ORDER-1"));
  assert.equal(status, 200);
  assert.equal(body.result, 0);
  assert.ok(body.body.card.approvalCode);
});

test("a cryptogram is good for one attempt, and the journal says why", async () => {
  const request = await payment("NODE-ORDER-2");
  assert.equal((await pay(request)).body.result, 0);
  request.transaction.trackingCode = "NODE-ORDER-2-again";
  assert.notEqual((await pay(request)).body.result, 0);
  const { body: journal } = await admin("GET", "/requests?operation=acehub.payment.create&limit=1");
  assert.equal(journal.items[0].refusal.code, "cryptogram-used");
});
