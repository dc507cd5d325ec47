// Package emv reads and writes the messages of an EMV 3-D Secure browser
// challenge that travel through the browser: CReq in, CRes or an error message
// out (reference cipher-acs.md B4). It owns their fields, rules, error codes
// and base64 spellings. It is pure: it keeps no state, reads no clock, knows no
// transaction and decides no outcome.
package emv
