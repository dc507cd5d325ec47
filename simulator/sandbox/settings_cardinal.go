package sandbox

// cardinalSettings are the switches of reference cardinal.md §13 and decisions 16.
var cardinalSettings = []Setting{
	{Group: "cardinal", Name: "credentialError", Default: 1001, Summary: "ErrorNo for wrong credentials, signature or timestamp.", Source: "cardinal.md §2.2, unknown"},
	{Group: "cardinal", Name: "timestampPast", Default: "5m", Duration: true, Summary: "How old a Timestamp may be.", Source: "cardinal.md §2.2, unknown"},
	{Group: "cardinal", Name: "timestampFuture", Default: "5s", Duration: true, Summary: "How far ahead a Timestamp may be.", Source: "cardinal.md §2.2, unknown"},
	{Group: "cardinal", Name: "timeoutMode", Default: "hold", Enum: []string{"hold", "answer"}, Summary: "Time-out cards hold the connection and close it, or answer an error after a delay.", Source: "cardinal.md §8, decisions 16"},
	{Group: "cardinal", Name: "timeoutHold", Default: "20s", Duration: true, Summary: "How long a time-out card holds the connection (mode hold).", Source: "decisions 16"},
	{Group: "cardinal", Name: "timeoutDelay", Default: "3s", Duration: true, Summary: "How long a time-out card waits before it answers (mode answer).", Source: "cardinal.md §8"},
	{Group: "cardinal", Name: "timeoutError", Default: 1040, Summary: "ErrorNo of a time-out card (mode answer).", Source: "cardinal.md §8, unknown"},
	{Group: "cardinal", Name: "unlistedCard", Default: "frictionless", Enum: []string{"frictionless", "error"}, Summary: "A card that is not in the catalogue: authenticated without challenge, or error 1001.", Source: "cardinal.md §11, unknown"},
	{Group: "cardinal", Name: "defaultVersion", Default: "2.2.0", Enum: []string{"1.0.2", "2.1.0", "2.2.0"}, Summary: "3-D Secure version for cards outside Cardinal's tables.", Source: "ours"},
	{Group: "cardinal", Name: "emvOnly", Default: false, Summary: "The merchant profile has EMV on: 3-D Secure 1.0 cards answer an error.", Source: "cardinal.md §11, documented"},
	{Group: "cardinal", Name: "fixedCavv", Default: false, Summary: "Every EMV authentication has the sandbox's constant CAVV; binding then goes by DS transaction id or XID.", Source: "cardinal.md §4, observed; decisions 16"},
	{Group: "cardinal", Name: "requireReferenceId", Default: false, Summary: "Demand DFReferenceId on EMV lookups (2271, 2270).", Source: "cardinal.md §3.1"},
	{Group: "cardinal", Name: "strict", Default: false, Summary: "Demand the EMV billing fields and refuse over-long values instead of truncating them.", Source: "cardinal.md §3.1, §13"},
	{Group: "cardinal", Name: "contentType", Default: "text/html", Summary: "Content-Type of the answers.", Source: "cardinal.md §1, recorded 2011"},
	{Group: "cardinal", Name: "versionIn10", Default: true, Summary: "3-D Secure 1.0 lookups answer ThreeDSVersion 1.0.2.", Source: "cardinal.md §13, unknown"},
	{Group: "cardinal", Name: "transactionAge", Default: "24h", Duration: true, Summary: "How long a transaction can be authenticated after its lookup.", Source: "cardinal.md §13, unknown"},
}
