package threeds

import (
	"errors"
	"net/http"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

// FormPost is a form that the browser posts.
type FormPost struct {
	URL    string // empty when nobody named an address
	Method string
	Fields []Field
}

// Field is one field of a form.
type Field struct{ Name, Value string }

// Map is the fields by name.
func (f FormPost) Map() map[string]string {
	m := make(map[string]string, len(f.Fields))
	for _, field := range f.Fields {
		m[field.Name] = field.Value
	}
	return m
}

// ReturnPath is Cardinal's page that receives the CRes, below the base URL.
const ReturnPath = "/V2/Cruise/StepUp/Return"

// noMD is what stands in MD when none was given (reference cardinal.md §5.2,
// observed).
const noMD = "null"

// ErrRunning says that a challenge has no result yet.
var ErrRunning = errors.New("the challenge still runs")

// IssuerForm is what the issuer's page posts when the challenge has ended: PaRes
// and MD to the merchant's TermUrl, or cres and threeDSSessionData to whoever
// sent the CReq. base is the root of our own URLs. Work in no store transaction:
// a PaRes is signed here, the same text every time.
func IssuerForm(w *sandbox.World, t Transaction, g Signing, base string) (FormPost, error) {
	c := t.Challenge
	if c == nil || c.State.Running() {
		return FormPost{}, ErrRunning
	}
	if !t.Version.EMV() {
		return paresForm(w, t, g)
	}
	cres, err := cresText(w, t)
	if err != nil {
		return FormPost{}, err
	}
	post := FormPost{URL: orElse(c.Addresses.NotificationURL, strings.TrimSuffix(base, "/")+ReturnPath), Method: http.MethodPost}
	post.Fields = []Field{{"cres", cres}}
	if c.Addresses.HasSessionData {
		post.Fields = append(post.Fields, Field{"threeDSSessionData", c.Addresses.SessionData})
	}
	return post, nil
}

// MerchantForm is what reaches the merchant in the end: PaRes and MD, or
// TransactionId and MD (reference cardinal.md §5.1, §5.2). Its URL is empty when
// no browser has brought one.
func MerchantForm(w *sandbox.World, t Transaction, g Signing) (FormPost, error) {
	c := t.Challenge
	if c == nil || c.State.Running() {
		return FormPost{}, ErrRunning
	}
	if !t.Version.EMV() {
		return paresForm(w, t, g)
	}
	return StepUpForm(t), nil
}

func paresForm(w *sandbox.World, t Transaction, g Signing) (FormPost, error) {
	text, err := PaRes(w, t, g)
	if err != nil {
		return FormPost{}, err
	}
	a := t.Challenge.Addresses
	return FormPost{URL: a.TermURL, Method: http.MethodPost, Fields: []Field{{"PaRes", text}, {"MD", a.MD}}}, nil
}

// PaRes is the signed result of a 3-D Secure 1.0 challenge. The card's case may
// break its signature (reference cipher-acs.md B3.5).
func PaRes(w *sandbox.World, t Transaction, g Signing) (string, error) {
	c := t.Challenge
	if c == nil || c.State.Running() || c.Ended == nil {
		return "", ErrRunning
	}
	r := PAReq(w, t).Answer()
	r.ID = "PARes" + t.ID
	status := string(c.Result)
	r.PAN = pares.MaskPAN(strings.Repeat("0", max(0, t.Card.Length-len(t.Card.Last4)))+t.Card.Last4, status)
	r.TX = pares.TX{Time: c.Ended.UTC().Format(pares.TimeLayout), Status: status}
	if c.Result.CarriesCAVV() {
		r.TX.CAVV, r.TX.ECI = t.paresCAVV(w), string(core.ECIFor(t.Card.Brand, t.Version, c.Result))
		r.TX.CAVVAlgorithm = CAVVAlgorithm(t.Card.Brand)
	}
	text, err := pares.EncodePARes(r, g.Signer)
	if err != nil || !c.Right.BadSignature {
		return text, wrap(err, "write a PaRes")
	}
	text, err = pares.Tamper(text)
	return text, wrap(err, "break the signature of a PaRes")
}

// paresCAVV is the value inside the PaRes, whatever authenticate makes of it.
func (t Transaction) paresCAVV(w *sandbox.World) string {
	t.Status, t.AuthenticateError, t.AuthenticateTimeout = t.Challenge.Result, "", false
	return t.CAVV(w)
}

// CAVVAlgorithm is 3 for Mastercard's SPA and 2, CVV with ATN, for the others
// (reference cardinal.md §4, documented).
func CAVVAlgorithm(b core.Brand) string {
	if b.MastercardGroup() {
		return "3"
	}
	return "2"
}

func cresText(w *sandbox.World, t Transaction) (string, error) {
	spelling, err := emv.ParseSpelling(w.Settings.Text("acs.cresSpelling"))
	if err != nil {
		return "", wrap(err, "read setting acs.cresSpelling")
	}
	status := core.StatusFailed // a final CRes says Y or N only (reference cipher-acs.md B4.1)
	if t.Challenge.Result == core.StatusAuthenticated {
		status = core.StatusAuthenticated
	}
	r := CReq(t).Answer(string(status))
	if w.Settings.Bool("acs.cresCompletion") {
		r.ChallengeCompletionInd = "Y"
	}
	text, err := emv.EncodeCRes(r, spelling)
	return text, wrap(err, "write a CRes")
}

// StepUpForm is what Cardinal's page posts to the merchant after an EMV
// challenge, finished or not: TransactionId and MD (reference cardinal.md §5.2,
// documented; MD is the text null when none was given, observed).
func StepUpForm(t Transaction) FormPost {
	a := t.Challenge.Addresses
	return FormPost{URL: a.ReturnURL, Method: http.MethodPost, Fields: []Field{{"TransactionId", t.ID}, {"MD", orElse(a.MD, noMD)}}}
}
