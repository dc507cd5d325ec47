package shop

import (
	"context"
	"fmt"
)

// The way of an order:
//
//	start   the card becomes a network token, and 3-D Secure is asked about it
//	        then either the issuer is content (finish), or wants to see the
//	        cardholder: the browser goes there and comes back to comeBack
//	finish  the result of 3-D Secure, a cryptogram, and the authorisation

// start takes the card to Cardtokens and to Cardinal. It says whether the
// cardholder has to go to the issuer.
func (s *Shop) start(ctx context.Context, o *Order, c Card) (challenge bool, err error) {
	if err := s.tokenise(ctx, o, c); err != nil {
		return false, err
	}
	if err := s.lookup(ctx, o, c); err != nil {
		return false, err
	}
	switch o.secure.Status {
	case "C":
		return true, nil
	case "Y", "A", "": // content, attempted, or not enrolled
		return false, nil
	case "U", "B":
		o.say("The issuer could not say anything; the shop takes the risk itself.")
		return false, nil
	default: // N failed, R rejected
		return false, fmt.Errorf("your bank did not confirm the payment (status %s)", o.secure.Status)
	}
}

// finish takes the order from the authentication to the money.
func (s *Shop) finish(ctx context.Context, o *Order) error {
	if !o.secure.liable() {
		o.secure = secure{Version: o.secure.Version, TransactionID: o.secure.TransactionID}
	}
	if err := s.cryptogram(ctx, o); err != nil {
		return err
	}
	return s.authorise(ctx, o)
}

// authenticated reads the result of a challenge and says whether to go on.
func (s *Shop) authenticated(ctx context.Context, o *Order, paRes string) error {
	if err := s.authenticate(ctx, o, paRes); err != nil {
		return err
	}
	switch {
	case o.secure.Signature != "Y":
		return fmt.Errorf("the bank's answer is not signed as it should be: nothing of it may be used")
	case o.secure.Status == "Y" || o.secure.Status == "A":
		return nil
	case o.secure.Status == "U":
		o.say("The issuer could not say anything; the shop takes the risk itself.")
		return nil
	default:
		return fmt.Errorf("your bank did not confirm the payment (status %s)", o.secure.Status)
	}
}
