// Package jws reads and writes the JSON Web Tokens with which a merchant's page
// opens Cardinal Cruise's step-up and device data collection (reference
// cardinal.md §5.2 and §5.3): compact form, HS256, signed with the API key. It
// is pure: it finds no key, keeps no token ids and reads no clock.
package jws

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// header is the one header that Sign writes (reference cardinal.md §5.2).
const header = `{"alg":"HS256","typ":"JWT"}`

// maxToken is the longest token we look at; real ones have about a thousand
// characters.
const maxToken = 64 << 10

// Sign makes the token of a payload, whose bytes are kept as they are. The key
// is the API key as text bytes, not decoded.
func Sign(payload, key []byte) string {
	signed := encode([]byte(header)) + "." + encode(payload)
	return signed + "." + encode(mac(signed, key))
}

// Verify checks a token's signature and returns its header and payload. Only
// HS256 is taken, whatever the header asks for: "none" would let anybody in,
// and RS256 would use the key for something it is not. The error is an *Error,
// malformed (1003) or with a bad signature (1010).
func Verify(token string, key []byte) (header map[string]any, payload []byte, err error) {
	parts := strings.Split(strings.TrimSpace(token), ".")
	if len(token) > maxToken || len(parts) != 3 {
		return nil, nil, fail(CodeMalformed, "the token is not three parts joined by dots")
	}
	head, err := decode(parts[0], "header")
	if err != nil {
		return nil, nil, err
	}
	if json.Unmarshal(head, &header) != nil || header == nil {
		return nil, nil, fail(CodeMalformed, "the header is no JSON object")
	}
	if payload, err = decode(parts[1], "payload"); err != nil {
		return nil, nil, err
	}
	signature, err := decode(parts[2], "signature")
	if err != nil {
		return nil, nil, err
	}
	if header["alg"] != "HS256" {
		return nil, nil, fail(CodeSignature, "the algorithm is not HS256")
	}
	if !hmac.Equal(signature, mac(parts[0]+"."+parts[1], key)) {
		return nil, nil, fail(CodeSignature, "the signature is not the API key's")
	}
	return header, payload, nil
}

// Peek reads a token's payload without checking anything, to find out which
// API key (claim iss) it must be verified with. The error is an *Error (1003).
func Peek(token string) (payload []byte, err error) {
	parts := strings.Split(strings.TrimSpace(token), ".")
	if len(token) > maxToken || len(parts) != 3 {
		return nil, fail(CodeMalformed, "the token is not three parts joined by dots")
	}
	return decode(parts[1], "payload")
}

func mac(signed string, key []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(signed))
	return h.Sum(nil)
}

func encode(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// decode is strict, unlike the message fields of a challenge: a token is made
// by a library, and one signature must not have several spellings.
func decode(part, name string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
	if err != nil || strings.ContainsAny(part, "\r\n") {
		return nil, fail(CodeMalformed, "the "+name+" is not unpadded base64url")
	}
	return raw, nil
}
