package sandbox

// acehubSettings are the switches of reference acehub.md and decisions 16-19.
var acehubSettings = []Setting{
	{Group: "acehub", Name: "cavvAmount", Default: "up-to", Enum: []string{"up-to", "exact"}, Summary: "Whether a CAVV covers amounts up to the authenticated one, or that one only.", Source: "decisions 18, ours"},
	{Group: "acehub", Name: "cryptogramLifetime", Default: "15m", Duration: true, Summary: "How long a network token's cryptogram is good for.", Source: "decisions, acquirer's table, ours"},
	{Group: "acehub", Name: "expiredCard", Default: "accept", Enum: []string{"accept", "decline"}, Summary: "What happens to a card past its expiry: the vendor's own examples need accept.", Source: "decisions 19"},
	{Group: "acehub", Name: "compareBrand", Default: false, Summary: "Refuse a brandId that does not fit the card number.", Source: "decisions 19, ours"},
	{Group: "acehub", Name: "numericExpiry", Default: false, Summary: "Answer the card's expiry as numbers, the form of 2017, instead of texts.", Source: "acehub.md §4.6"},
	{Group: "acehub", Name: "secondCapture", Default: "refuse", Enum: []string{"refuse", "allow"}, Summary: "Whether one authorisation can be captured more than once, up to its amount.", Source: "acehub.md §5.5, unknown for cards"},
	{Group: "acehub", Name: "internalMPI", Default: "on-request", Enum: []string{"off", "on-request", "always"}, Summary: "When AceHub runs 3-D Secure itself: never, when checkEnrollment asks for it, or for every card payment with a returnUrl.", Source: "acehub.md §7.3, observed on one account"},
}
