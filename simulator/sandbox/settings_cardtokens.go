package sandbox

// cardtokensSettings are the switches of reference cardtokens.md §13.
var cardtokensSettings = []Setting{
	{Group: "cardtokens", Name: "strictAddress", Default: false, Summary: "Read the address table to the letter: ASCII, state of at most three letters.", Source: "cardtokens.md §4.2 row 1"},
	{Group: "cardtokens", Name: "requireEncryption", Default: false, Summary: "Refuse a plain card object: enccard only.", Source: "cardtokens.md §4.2 row 3"},
	{Group: "cardtokens", Name: "requireUserAgent", Default: false, Summary: "Block requests without a User-Agent with 403.", Source: "cardtokens.md §1, sample C#"},
	{Group: "cardtokens", Name: "requireReference", Default: true, Summary: "Demand the order reference when a cryptogram is asked for.", Source: "cardtokens.md §6.1"},
	{Group: "cardtokens", Name: "notFoundStatus", Default: 500, Summary: "HTTP status for an unknown tokenid: 500, or 404.", Source: "cardtokens.md §11.3, unknown"},
	{Group: "cardtokens", Name: "anyTestCard", Default: false, Summary: "With a test key take any Luhn-valid card, not only published test cards.", Source: "cardtokens.md §2, ours"},
}
