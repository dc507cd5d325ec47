package cardtokens

import (
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/provider/providertest"
)

// TestAnswersWriteThemselves as their tags say.
func TestAnswersWriteThemselves(t *testing.T) {
	t.Run("created", func(t *testing.T) { providertest.WritesItself(t, rapid.Make[created]()) })
	t.Run("cryptogram", func(t *testing.T) { providertest.WritesItself(t, rapid.Make[issued]()) })
	t.Run("status", func(t *testing.T) { providertest.WritesItself(t, rapid.Make[tokenStatus]()) })
}
