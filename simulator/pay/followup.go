package pay

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// FollowUp is a capture, cancel or refund as the merchant asks for it.
type FollowUp struct {
	Payer
	Of           string // id of the operation it is addressed to
	Action       Action // ActionCapture, ActionCancel or ActionRefund
	TrackingCode string
	Money        core.Money // zero for a cancel, which takes all
	Force        *Force
}

// Follow processes a follow-up (reference acehub.md §5.5). An unknown id is
// core.CodeNotFound, a broken business rule *RuleError; neither leaves a
// transaction behind.
func Follow(s sandbox.Scope, f FollowUp) (Answer, error) {
	pos, err := locate(s, f)
	if err != nil {
		return Answer{}, err
	}
	if err := free(s, f.Business, f.TrackingCode); err != nil {
		return Answer{}, err
	}
	p := pos.follow(s, f)
	if f.Force.failure() {
		p.Result, p.Words, p.Refusal = f.Force.Result, f.Force.Words, "scenario"
		return Answer{Payment: p, Refusal: core.Refusef("scenario", "a scenario asked for the outcome %s", p.Result)}, create(s, p)
	}
	if broken := pos.allows(f.Action, f.Money); broken != nil {
		return Answer{}, broken
	}
	if err := post(s, p, pos.book, pos.postings(f.Action, f.Money)); err != nil {
		return Answer{}, err
	}
	return Answer{Payment: p}, create(s, p)
}

// locate finds the operation that is addressed, its root and the root's book.
func locate(s sandbox.Scope, f FollowUp) (position, error) {
	pos := position{again: s.World.Settings.Text("acehub.secondCapture") == "allow"}
	var ok bool
	var err error
	if pos.at, ok, err = ByID(s, f.Business, f.Of); err != nil {
		return pos, err
	}
	if !ok {
		return pos, core.Errf(core.CodeNotFound, "", "the business has no such transaction")
	}
	if pos.root, ok, err = ByID(s, f.Business, pos.at.Root); err != nil || !ok {
		return pos, core.Errf(core.CodeInternal, "", "transaction %s has lost its root: %v", pos.at.ID, err)
	}
	pos.book, err = BookOf(s, pos.root.ID)
	return pos, err
}

// follow is the new operation, approved unless something stops it.
func (p position) follow(s sandbox.Scope, f FollowUp) Payment {
	money := f.Money
	if f.Action == ActionCancel {
		money = p.root.Money
	}
	return Payment{
		ID: ID(s.World, f.Business, f.TrackingCode), Business: f.Business, Merchant: f.Merchant, Action: f.Action,
		Parent: p.at.ID, Root: p.root.ID, TrackingCode: f.TrackingCode, Money: money, BrandID: p.root.BrandID,
		Descriptor: p.root.Descriptor, Result: Approved, Card: p.root.Card, Flow: p.root.Flow, Created: s.Now,
	}
}
