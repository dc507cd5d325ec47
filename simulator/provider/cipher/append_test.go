package cipher

import (
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/provider/providertest"
)

// TestAnswersWriteThemselves as their tags say.
func TestAnswersWriteThemselves(t *testing.T) {
	t.Run("cardholder", func(t *testing.T) { providertest.WritesItself(t, rapid.Make[holderAnswer]()) })
	t.Run("card", func(t *testing.T) { providertest.WritesItself(t, rapid.Make[cardAnswer]()) })
}
