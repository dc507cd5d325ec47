#!/usr/bin/env bash
# A whole payment with curl and openssl, challenge included. Run it against a
# simulator of its own:
#
#   cardsim exec -- bash scenarios/examples/curl/pay.sh
#
# It exits 0 only when the payment was authorised and the second use of its
# cryptogram was not.
set -euo pipefail

PAN=4000000000001091
ORDER="CURL-ORDER-$$"
ADMIN="$CARDSIM_ADMIN_URL/api/v1/sandboxes/$CARDSIM_SANDBOX"

call() { curl -sS -H 'Content-Type: application/json' "$@"; }
# member NAME: the first member of that name in a JSON text, without its quotes.
member() { grep -oE "\"$1\": ?(\"[^\"]*\"|[-0-9.]+)" | head -n1 | sed -E 's/^"[^"]*": ?"?//; s/"$//'; }
element() { sed -n "s:.*<$1>\([^<]*\)</$1>.*:\1:p"; }
die() { echo "pay.sh: $*" >&2; exit 1; }

cmpi() {
  local stamp signature
  stamp="$(date +%s)000"
  signature=$(printf '%s%s' "$stamp" "$CARDINAL_API_KEY" | openssl dgst -sha256 -binary | openssl base64 -A)
  curl -sS "$CARDINAL_URL" --data-urlencode "cmpi_msg=<CardinalMPI><MsgType>$1</MsgType><Version>1.7</Version><TransactionType>C</TransactionType><Algorithm>SHA-256</Algorithm><Identifier>$CARDINAL_IDENTIFIER</Identifier><OrgUnit>$CARDINAL_ORG_UNIT</OrgUnit><Signature>$signature</Signature><Timestamp>$stamp</Timestamp>$2</CardinalMPI>"
}

# Cardtokens: the card, encrypted, becomes a network token.
key=$(mktemp)
trap 'rm -f "$key"' EXIT
printf '%s' "$CARDTOKENS_PUBLIC_KEY" | openssl base64 -d -A >"$key"
enccard=$(printf '{"pan":"%s","expmonth":1,"expyear":2031,"securitycode":"123"}' "$PAN" |
  openssl pkeyutl -encrypt -pubin -inkey "$key" -pkeyopt rsa_padding_mode:pkcs1 | openssl base64 -A)
token=$(call "$CARDTOKENS_URL/api/token" -H "X-Api-Key: $CARDTOKENS_LIVE_API_KEY" -d "{\"enccard\":\"$enccard\",\"merchantid\":\"$CARDTOKENS_MERCHANT_ID\"}")

# Cardinal: 3-D Secure. The issuer asks for a challenge, which is passed here without a browser.
lookup=$(cmpi cmpi_lookup "<OrderNumber>$ORDER</OrderNumber><Amount>12345</Amount><CurrencyCode>978</CurrencyCode><CardNumber>$PAN</CardNumber><CardExpMonth>01</CardExpMonth><CardExpYear>2031</CardExpYear>")
transaction=$(element TransactionId <<<"$lookup")
[ -n "$transaction" ] || die "the lookup was refused: $lookup"
challenge=$(call "$ADMIN/challenges" | member id)
call "$ADMIN/challenges/$challenge" -d '{"action":"approve"}' >/dev/null
auth=$(cmpi cmpi_authenticate "<TransactionId>$transaction</TransactionId>")
[ "$(element PAResStatus <<<"$auth")" = Y ] || die "the cardholder was not authenticated: $auth"

# Cardtokens: the cryptogram for this one payment.
cryptogram=$(call "$CARDTOKENS_URL/api/token/$(member tokenid <<<"$token")/cryptogram" -H "X-Api-Key: $CARDTOKENS_LIVE_API_KEY" -d "{\"reference\":\"$ORDER\"}" | member cryptogram)

# AceHub: the authorisation. pay TRACKINGCODE answers its result.
pay() {
  call "${ACEHUB_URL}payments" -u "$ACEHUB_USERNAME:$ACEHUB_PASSWORD" -d "{
    \"action\": \"authorize\", \"header\": {\"businessId\": \"$ACEHUB_BUSINESS_ID\"}, \"body\": {
      \"transaction\": {\"trackingCode\": \"$1\", \"brandId\": 1010, \"amount\": 123.45, \"currencyCode\": \"EUR\"},
      \"card\": {\"number\": \"$(member token <<<"$token")\", \"expiryMonth\": $(member expmonth <<<"$token"), \"expiryYear\": $(member expyear <<<"$token"), \"cryptogram\": \"$cryptogram\"},
      \"threeDSecure\": {\"version\": \"2\", \"eci\": \"$(element EciFlag <<<"$auth")\", \"avv\": \"$(element Cavv <<<"$auth")\", \"dsTransactionId\": \"$(element DSTransactionId <<<"$lookup")\"}}}" | member result
}
first=$(pay "$ORDER")
[ "$first" = 0 ] || die "the payment was not authorised: result $first"
second=$(pay "$ORDER-again")
[ "$second" != 0 ] || die "a cryptogram was taken twice"
echo "authorised; the second use of the cryptogram was refused with result $second"
