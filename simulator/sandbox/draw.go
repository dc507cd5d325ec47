package sandbox

import (
	"encoding/base64"
	"encoding/binary"
	"math/rand/v2"

	"cardsim/simulator/core"
)

// drawKey is the secret from which everything a world draws is derived: a
// function of seed and origin id alone.
type drawKey [32]byte

func newDrawKey(seed uint64, origin string) drawKey {
	return core.MAC([]byte("cardsim draw 1"), append(binary.BigEndian.AppendUint64(nil, seed), origin...))
}

// derive hashes the parts of all lists, each with its length before it, so that no two
// lists of parts meet.
func (k drawKey) derive(lists ...[]string) [32]byte {
	var room [ordinary]byte
	text := room[:0]
	for _, parts := range lists {
		for _, p := range parts {
			text = append(binary.BigEndian.AppendUint32(text, uint32(len(p))), p...)
		}
	}
	return core.MAC(k[:], text)
}

// ordinary is the length of what is hashed for most draws.
const ordinary = 256

// Draw is a stream of chance for one thing: a pure function of seed, origin,
// what is drawn and the parts of its entity key (interface §3). The same draw
// made twice gives the same values in the same order. Not for concurrent use.
type Draw struct{ rng rand.ChaCha8 }

// Draw opens the stream for one thing: what names it ("cardtokens.tokenid"),
// entity holds its key and the ordinal within it (decisions, "Chance").
func (w *World) Draw(what string, entity ...string) *Draw {
	d := new(Draw)
	d.rng.Seed(w.draws.derive([]string{"draw", what}, entity))
	return d
}

// Bytes draws n bytes.
func (d *Draw) Bytes(n int) []byte {
	b := make([]byte, n)
	_, _ = d.rng.Read(b) // never fails (math/rand/v2)
	return b
}

// Uint64 draws a number.
func (d *Draw) Uint64() uint64 { return d.rng.Uint64() }

// Below draws a number from 0 to n-1.
func (d *Draw) Below(n int) int { return rand.New(&d.rng).IntN(n) }

// Float64 draws from 0 up to, not including, 1.
func (d *Draw) Float64() float64 { return rand.New(&d.rng).Float64() }

// UUID draws a version-4 UUID, lower case with hyphens.
func (d *Draw) UUID() string { return d.uuid().String() }

// Hex32 draws a version-4 UUID as 32 lower-case hex digits without hyphens.
func (d *Draw) Hex32() string { return d.uuid().Hex32() }

func (d *Draw) uuid() (u UUID) {
	_, _ = d.rng.Read(u[:]) // never fails (math/rand/v2)
	return u.version4()
}

// Base64 draws n bytes in standard padded base64.
func (d *Draw) Base64(n int) string { return base64.StdEncoding.EncodeToString(d.Bytes(n)) }

// Digits draws n decimal digits; the first may be zero.
func (d *Draw) Digits(n int) string { return d.Of("0123456789", n) }

// Alnum draws n letters and digits, both cases.
func (d *Draw) Alnum(n int) string { return d.Of(alnum, n) }

const alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Of draws n characters of an ASCII alphabet.
func (d *Draw) Of(alphabet string, n int) string {
	r := rand.New(&d.rng)
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}
