// Package cardinal imitates Cardinal Centinel on the wire (reference
// cardinal.md): the cmpi messages lookup and authenticate with both styles of
// credentials, and the browser steps of Cruise, step-up and device data
// collection.
//
// It owns Cardinal's words: elements, their order, error numbers and texts. What
// a lookup decides and how a challenge ends belongs to package threeds, what is
// typed at the issuer to package acs. Card numbers and codes pass through it and
// stay nowhere.
package cardinal
