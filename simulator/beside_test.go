package simulator

import (
	"errors"
	"testing"
)

// TestBeside: what a function gives comes back to everyone who waits, and f has begun
// before anybody does.
func TestBeside(t *testing.T) {
	begun, cause := make(chan bool), errors.New("no")
	wait := beside(func() (int, error) {
		begun <- true
		return 7, cause
	})
	<-begun
	for range 2 {
		if v, err := wait(); v != 7 || !errors.Is(err, cause) {
			t.Errorf("%d, %v", v, err)
		}
	}
}

// TestPublishedKeys: those that are read beside the start are the ones it needs.
func TestPublishedKeys(t *testing.T) {
	ring := readKeys()
	if key, err := ring.cardtokens(); err != nil || key.Validate() != nil || key.N.BitLen() != 4096 {
		t.Errorf("the Cardtokens key: %v", err)
	}
	if signing, err := ring.signing(); err != nil || signing.Signer.Key.Validate() != nil {
		t.Errorf("the signing key: %v", err)
	}
}
