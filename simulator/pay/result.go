package pay

// Action says what an operation does with money, in the words of AceHub's
// transaction.action (reference acehub.md §5.6, documented by the SDKs).
type Action string

// The five actions.
const (
	ActionAuthorize Action = "authorize" // hold money
	ActionPayment   Action = "payment"   // hold and capture at once
	ActionCapture   Action = "capture"   // take what is held
	ActionCancel    Action = "cancel"    // let go of all that is held
	ActionRefund    Action = "refund"    // give captured money back
)

// Result says how an operation ended, by the outcome names of interface §6.
type Result string

// The results that leave a transaction behind. What is refused before
// processing (-1, -6, -8) leaves none (reference acehub.md §2.3, inferred).
const (
	Approved      Result = "approved"
	Declined      Result = "declined"
	DeclinedRetry Result = "declined-retry"
	Failed        Result = "failed"
	FailedRetry   Result = "failed-retry"
	Fraud         Result = "fraud"
	CustomerError Result = "customer-error"
	Referral      Result = "referral"
	Pending       Result = "pending" // the payer must finish elsewhere
	Waiting       Result = "waiting" // accepted, confirmed later
	Timeout       Result = "timeout" // the payer did not finish in time

	PendingMerchant Result = "pending-merchant" // the merchant must act elsewhere
)

// Results lists every result.
func Results() []Result {
	return []Result{Approved, Declined, DeclinedRetry, Failed, FailedRetry, Fraud, CustomerError, Referral, Pending, Waiting, Timeout, PendingMerchant}
}

// Sequence is the place of a payment in a series (reference acehub.md §5.1,
// names documented, meaning inferred).
type Sequence string

// The four places; an absent one counts as Single.
const (
	Single    Sequence = "SINGLE"
	First     Sequence = "FIRST"
	Recurring Sequence = "RECURRING"
	Last      Sequence = "LAST"
)

// ByMerchant says that the merchant initiates the payment, without its
// cardholder (MIT).
func (q Sequence) ByMerchant() bool { return q == Recurring || q == Last }
