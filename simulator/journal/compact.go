package journal

import (
	"encoding/binary"
	"math"

	"cardsim/simulator/core"
)

// What a compact entry has beside its texts.
const (
	hasCard = 1 << iota
	hasAmount
	hasRefusal
	hasWarnings
)

// compact is a complete entry in one piece: ten thousand of them lie in memory, and the
// collector passes over a text at once. It has no messages, which the exchange holds,
// and nothing that the Record knows itself.
func (e *Entry) compact() string {
	var room [ordinary / 4]byte
	b := append(room[:0], e.parts())
	b = binary.AppendUvarint(b, uint64(e.Status))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(e.DurationMs))
	for _, text := range e.texts() {
		b = packText(b, *text)
	}
	if c := e.Card; c != nil {
		b = packText(packText(packText(b, c.Brand), c.Bin), c.Last4)
	}
	if e.Amount != nil {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(*e.Amount))
	}
	if r := e.Refusal; r != nil {
		b = packText(packText(b, r.Code), r.Detail)
	}
	if e.Warnings != nil {
		b = binary.AppendUvarint(b, uint64(len(e.Warnings)))
	}
	for _, w := range e.Warnings {
		b = packText(b, w)
	}
	return string(b)
}

func (e *Entry) parts() (parts byte) {
	if e.Card != nil {
		parts |= hasCard
	}
	if e.Amount != nil {
		parts |= hasAmount
	}
	if e.Refusal != nil {
		parts |= hasRefusal
	}
	if e.Warnings != nil {
		parts |= hasWarnings
	}
	return parts
}

// texts are those that stand in every entry.
func (e *Entry) texts() [12]*string {
	return [...]*string{
		&e.Flow, &e.Operation, &e.Provider, &e.Method, &e.Path, &e.Query, &e.Outcome, &e.Result, &e.Merchant, &e.Currency, &e.Reference, &e.Rule,
	}
}

// expand is the reverse of compact. The texts lie inside the compact one.
func expand(rest string) Entry {
	var e Entry
	parts := rest[0]
	rest = rest[1:]
	e.Status = unpackNumber(&rest)
	e.DurationMs = unpackFloat(&rest)
	for _, text := range e.texts() {
		*text = unpackText(&rest)
	}
	if parts&hasCard != 0 {
		e.Card = &Card{Brand: unpackText(&rest), Bin: unpackText(&rest), Last4: unpackText(&rest)}
	}
	if parts&hasAmount != 0 {
		e.Amount = new(unpackFloat(&rest))
	}
	if parts&hasRefusal != 0 {
		e.Refusal = &core.Refusal{Code: unpackText(&rest), Detail: unpackText(&rest)}
	}
	if parts&hasWarnings != 0 {
		e.Warnings = make([]string, unpackNumber(&rest))
	}
	for i := range e.Warnings {
		e.Warnings[i] = unpackText(&rest)
	}
	return e
}

// unpackFloat reads eight bytes.
func unpackFloat(rest *string) float64 {
	bits := binary.LittleEndian.Uint64([]byte((*rest)[:8]))
	*rest = (*rest)[8:]
	return math.Float64frombits(bits)
}
