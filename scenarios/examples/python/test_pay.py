"""A shop's test suite in Python, standard library only. Run it against a simulator of its own:

    cardsim exec -- python3 -m unittest discover scenarios/examples/python

The card goes to Cardtokens in clear here, which its API takes as well: encrypting it
needs RSA, which the standard library does not have (see the other examples for it).
"""

import base64
import hashlib
import json
import os
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET

ENV = os.environ
CARD = {"pan": "4000000000001091", "expmonth": 1, "expyear": 2031, "securitycode": "123"}


def send(method, url, body=None, headers=None):
    """Send JSON and return the status and the JSON of the answer, whatever the status."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or "null")
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read() or "null")


def cardtokens(path, body):
    return send("POST", ENV["CARDTOKENS_URL"] + path, body, {"X-Api-Key": ENV["CARDTOKENS_LIVE_API_KEY"]})


def cmpi(msg_type, **elements):
    """Send a Cardinal message; the signature is SHA-256 of timestamp and API key."""
    stamp = str(int(time.time() * 1000))
    digest = hashlib.sha256((stamp + ENV["CARDINAL_API_KEY"]).encode()).digest()
    message = ET.Element("CardinalMPI")
    head = {
        "MsgType": msg_type, "Version": "1.7", "TransactionType": "C", "Algorithm": "SHA-256",
        "Identifier": ENV["CARDINAL_IDENTIFIER"], "OrgUnit": ENV["CARDINAL_ORG_UNIT"],
        "Signature": base64.b64encode(digest).decode(), "Timestamp": stamp,
    }
    for name, value in {**head, **elements}.items():
        ET.SubElement(message, name).text = value
    form = urllib.parse.urlencode({"cmpi_msg": ET.tostring(message, encoding="unicode")}).encode()
    with urllib.request.urlopen(ENV["CARDINAL_URL"], form, timeout=30) as answer:
        return {e.tag: e.text or "" for e in ET.fromstring(answer.read())}


def pay(body):
    basic = base64.b64encode(f"{ENV['ACEHUB_USERNAME']}:{ENV['ACEHUB_PASSWORD']}".encode()).decode()
    envelope = {"action": "authorize", "header": {"businessId": ENV["ACEHUB_BUSINESS_ID"]}, "body": body}
    return send("POST", ENV["ACEHUB_URL"] + "payments", envelope, {"Authorization": "Basic " + basic})


def admin(method, path, body=None):
    """The simulator's own API: what a test asks and does beside the code under test."""
    return send(method, f"{ENV['CARDSIM_ADMIN_URL']}/api/v1/sandboxes/{ENV['CARDSIM_SANDBOX']}{path}", body)


class Payments(unittest.TestCase):
    def authenticate(self, order):
        """Take the cardholder through 3-D Secure without a browser."""
        lookup = cmpi("cmpi_lookup", OrderNumber=order, Amount="12345", CurrencyCode="978",
                      CardNumber=CARD["pan"], CardExpMonth="01", CardExpYear="2031")
        self.assertEqual(lookup["PAResStatus"], "C", "the issuer asks for a challenge")
        _, running = admin("GET", "/challenges")
        challenge = next(c for c in running["items"] if c["transactionId"] == lookup["TransactionId"])
        status, done = admin("POST", f"/challenges/{challenge['id']}", {"action": "approve"})
        self.assertEqual(status, 200, done)
        result = cmpi("cmpi_authenticate", TransactionId=lookup["TransactionId"])
        self.assertEqual(result["SignatureVerification"] + result["PAResStatus"], "YY")
        return {"version": "2", "eci": result["EciFlag"], "avv": result["Cavv"], "dsTransactionId": lookup["DSTransactionId"]}

    def payment(self, order):
        status, token = cardtokens("/api/token", {"card": CARD, "merchantid": ENV["CARDTOKENS_MERCHANT_ID"]})
        self.assertEqual(status, 200, token)
        secure = self.authenticate(order)
        _, proof = cardtokens(f"/api/token/{token['tokenid']}/cryptogram", {"reference": order})
        return {
            "transaction": {"trackingCode": order, "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
            "card": {"number": token["token"], "expiryMonth": token["expmonth"], "expiryYear": token["expyear"],
                     "cryptogram": proof["cryptogram"]},
            "threeDSecure": secure,
        }

    def test_authorised(self):
        status, answer = pay(self.payment("PYTHON-ORDER-1"))
        self.assertEqual((status, answer["result"]), (200, 0), answer)
        self.assertTrue(answer["body"]["card"]["approvalCode"])

    def test_a_cryptogram_is_good_for_one_attempt(self):
        request = self.payment("PYTHON-ORDER-2")
        self.assertEqual(pay(request)[1]["result"], 0)
        request["transaction"]["trackingCode"] = "PYTHON-ORDER-2-again"
        self.assertNotEqual(pay(request)[1]["result"], 0)
        _, journal = admin("GET", "/requests?operation=acehub.payment.create&limit=1")
        self.assertEqual(journal["items"][0]["refusal"]["code"], "cryptogram-used")


if __name__ == "__main__":
    unittest.main()
