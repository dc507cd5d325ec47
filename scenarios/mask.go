package scenarios

import (
	"regexp"
	"sync"

	"cardsim/simulator/core"
)

var (
	// longDigits may be a card number wherever it stands: in a rule, a comment, a
	// raw answer.
	longDigits = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[0-9]{12,19}`) })
	// codeValue is a code behind its key, however it is quoted or broken.
	codeValue = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\botp["']?\s*:\s*["']?)([0-9]{1,16})`) })
)

// Masked gives the text of a scenario with its card numbers and codes masked: what
// may be kept and shown of one that came through the admin API (decisions 24).
func Masked(src []byte) []byte {
	src = codeValue().ReplaceAllFunc(src, func(found []byte) []byte {
		parts := codeValue().FindSubmatch(found)
		hidden := Code{digits: string(parts[2])}.String()
		return append(append([]byte(nil), parts[1]...), hidden...)
	})
	return longDigits().ReplaceAllFunc(src, func(found []byte) []byte { return []byte(core.MaskPAN(string(found))) })
}
