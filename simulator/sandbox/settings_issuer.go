package sandbox

// cipherSettings are the switches of reference cipher-acs.md part A.
var cipherSettings = []Setting{
	{Group: "cipher", Name: "createStatus", Default: 200, Summary: "HTTP status of Create Card: 200, or 201.", Source: "cipher-acs.md A1, unknown"},
	{Group: "cipher", Name: "identityMatch", Default: "strict", Enum: []string{"strict", "lenient"}, Summary: "Whether a reused tenantUniqueVector compares the whole set of identities, or only the types given on both sides.", Source: "cipher-acs.md A3, unknown"},
	{Group: "cipher", Name: "cardHolderIdInCard", Default: true, Summary: "Answer cardHolderId beside authProfileId in Create and Update Card.", Source: "cipher-acs.md A9.4"},
	{Group: "cipher", Name: "lenientNames", Default: false, Summary: "Accept identities and identitiesInfo on both calls.", Source: "cipher-acs.md A9.7"},
	{Group: "cipher", Name: "errorDetail", Default: false, Summary: "Add a member detail to error bodies.", Source: "cipher-acs.md A8, ours"},
}

// acsSettings are the switches of the issuer's challenge, part B.
var acsSettings = []Setting{
	{Group: "acs", Name: "attemptLimit", Default: "nth-fails", Enum: []string{"nth-fails", "after-nth"}, Summary: "With a limit of N wrong entries: the N-th ends the challenge, or the one after it.", Source: "cipher-acs.md A5, inferred"},
	{Group: "acs", Name: "sandboxAttempts", Default: 2, Summary: "Wrong entries that end the challenge of a card without a tenant.", Source: "cardinal.md §5.2, unknown"},
	{Group: "acs", Name: "sandboxResends", Default: 3, Summary: "Resends a card without a tenant may ask for.", Source: "ours"},
	{Group: "acs", Name: "sandboxExpiry", Default: "300s", Duration: true, Summary: "Life of a challenge of a card without a tenant.", Source: "cipher-acs.md B5"},
	{Group: "acs", Name: "otpLength", Default: 6, Summary: "Digits of a one-time password.", Source: "cipher-acs.md B1, unknown"},
	{Group: "acs", Name: "showCode", Default: true, Summary: "The challenge page says, in sandbox, which code is right.", Source: "ours"},
	{Group: "acs", Name: "firstCReq", Default: "0s", Duration: true, Summary: "How long after lookup the first CReq may arrive; 0 is no limit (EMV: 30s).", Source: "cipher-acs.md B5, decisions 14"},
	{Group: "acs", Name: "cresSpelling", Default: "url", Enum: []string{"url", "url-padded", "std", "std-padded"}, Summary: "Base64 spelling of cres.", Source: "cipher-acs.md B4.1"},
	{Group: "acs", Name: "cresCompletion", Default: false, Summary: "Carry challengeCompletionInd in the CRes.", Source: "cipher-acs.md B4.1"},
	{Group: "acs", Name: "limitReason", Default: "01", Enum: []string{"01", "19"}, Summary: "StatusReason when the limit of wrong entries is reached.", Source: "cipher-acs.md B6 row 3"},
}
