// Package acs is the issuer's access control server as a browser meets it: the
// address a merchant sends the cardholder to, the page on which the code is
// entered, and the page that carries the result back (reference cipher-acs.md
// part B).
//
// It owns routes, forms and words. What a move does to a challenge is package
// threeds' to decide, how a page looks package web's. Nothing here depends on
// JavaScript, and nothing is redirected: every answer is the next page, because
// some clients do not follow a redirect after a form inside a frame.
package acs
