package scheme

import (
	"sync"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

const (
	txID  = "AbCdEfGhIjKlMnOpQr01"
	dsID  = "97267598-fae6-48f2-8083-c23433990fbc" // of no transaction
	other = "ZbCdEfGhIjKlMnOpQr02"
)

var euros = core.Money{Minor: 1050, Currency: "EUR"}

// authenticated records a transaction of the shop for the brand's card.
func authenticated(b *bench, brand core.Brand, v core.ThreeDSVersion, st core.TransStatus) Authentication {
	return record(b, authentication(b, brand, v, st))
}

func authentication(b *bench, brand core.Brand, v core.ThreeDSVersion, st core.TransStatus) Authentication {
	card := visaCard
	if brand == core.Mastercard {
		card = mcCard
	}
	a := Authentication{
		TransactionID: txID, Merchant: "shop", Card: b.w.Ref(pan(card)), Money: euros, Version: v,
		Enrolled: core.EnrolledYes, Status: st, ECI: core.ECIFor(brand, v, st), At: noon,
	}
	if v.EMV() {
		a.DSTransactionID = b.w.Link(sandbox.LinkDS, a.TransactionID).String()
	} else {
		a.XID = XID(txID)
	}
	return a
}

func record(b *bench, a Authentication) Authentication {
	b.t.Helper()
	b.do(func(s sandbox.Scope) error { return Begin(s, a) })
	return a
}

// claimOf is the claim that holds for an authentication.
func claimOf(b *bench, a Authentication) Claim {
	c := Claim{Merchant: a.Merchant, Card: a.Card, Money: a.Money, ECI: a.ECI, XID: a.XID, DSTransactionID: a.DSTransactionID, Version: "2"}
	c.CAVV = CAVV(b.w, a.TransactionID, a.Card.Brand, a.Version, a.Status)
	if !a.Version.EMV() {
		c.Version = "1"
	}
	return c
}

func (b *bench) verify(c Claim) (a Authentication, code string) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) error {
		got, r, err := Verify(s, c)
		a, code = got, codeOf(r)
		return err
	})
	return a, code
}

// row is one row of the acquirer's table: what was recorded and what holds.
type row struct {
	name    string
	brand   core.Brand
	version core.ThreeDSVersion
	status  core.TransStatus
	change  func(a *Authentication, c *Claim) // makes the row out of the plain case
}

func rows() []row {
	notEnrolled := func(a *Authentication, c *Claim) {
		a.Enrolled, a.Status, a.XID, c.XID, c.CAVV = core.EnrolledNo, core.StatusNone, "", "", ""
	}
	list := []row{
		{"not enrolled, Visa 06", core.Visa, core.ThreeDS10, core.StatusNone, func(a *Authentication, c *Claim) {
			notEnrolled(a, c)
			c.ECI = core.ECIAttemptedVisa
		}},
		{"not enrolled, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusNone, notEnrolled},
		{"failed, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusFailed, nil},
		{"unavailable, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusUnavailable, nil},
		{"lookup error, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusNone, func(a *Authentication, _ *Claim) { a.LookupError = true }},
		{"authenticate error, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusNone, func(a *Authentication, _ *Claim) { a.AuthenticateError = true }},
		{"enrolment unknown, Mastercard 01", core.Mastercard, core.ThreeDS10, core.StatusNone, func(a *Authentication, _ *Claim) { a.Enrolled = core.EnrolledUnknown }},
		{"failed, Visa 07", core.Visa, core.ThreeDS22, core.StatusFailed, nil},
		{"failed, Mastercard 00", core.Mastercard, core.ThreeDS22, core.StatusFailed, nil},
		{"data only, Mastercard 04", core.Mastercard, core.ThreeDS22, core.StatusUnavailable, func(a *Authentication, c *Claim) { a.ECI, c.ECI = core.ECIDataOnlyMC, core.ECIDataOnlyMC }},
		{"exemption", core.Visa, core.ThreeDS22, core.StatusFailed, func(_ *Authentication, c *Claim) { c.Exemption, c.ECI = true, "" }},
	}
	for _, brand := range []core.Brand{core.Visa, core.Mastercard} {
		for _, v := range []core.ThreeDSVersion{core.ThreeDS10, core.ThreeDS21, core.ThreeDS22} {
			for _, st := range []core.TransStatus{core.StatusAuthenticated, core.StatusAttempted} {
				list = append(list, row{string(brand) + " " + string(v) + " " + string(st), brand, v, st, nil})
			}
		}
	}
	return list
}

// claim records the row's authentication and returns what may be claimed.
func (r row) claim(b *bench, also func(a *Authentication, c *Claim)) Claim {
	a := authentication(b, r.brand, r.version, r.status)
	c := claimOf(b, a)
	for _, change := range []func(*Authentication, *Claim){r.change, also} {
		if change != nil {
			change(&a, &c)
		}
	}
	record(b, a)
	return c
}

func TestEveryRowHolds(t *testing.T) {
	for _, r := range rows() {
		b := newBench(t)
		if _, code := b.verify(r.claim(b, nil)); code != "" {
			t.Errorf("%s: refused as %s", r.name, code)
		}
	}
}

// TestEveryRowAlteredAlone alters one thing of each row with a CAVV.
func TestEveryRowAlteredAlone(t *testing.T) {
	alterations := map[string]struct {
		change func(a *Authentication, c *Claim)
		want   string
	}{
		"no CAVV":         {func(_ *Authentication, c *Claim) { c.CAVV = "" }, CAVVMissing},
		"another CAVV":    {func(_ *Authentication, c *Claim) { c.CAVV = "AAECAwQFBgcICQoLDA0ODxAREhM=" }, CAVVUnknown},
		"another card":    {func(_ *Authentication, c *Claim) { c.Card.Fingerprint += "x" }, CAVVOtherCard},
		"rival":           {func(_ *Authentication, c *Claim) { c.Merchant = "rival" }, CAVVOtherMerchant},
		"dollars":         {func(_ *Authentication, c *Claim) { c.Money.Currency = "USD" }, CAVVOtherCurrency},
		"a cent more":     {func(_ *Authentication, c *Claim) { c.Money.Minor++ }, CAVVAmountExceeded},
		"a cent less":     {func(_ *Authentication, c *Claim) { c.Money.Minor-- }, ""},
		"no ECI":          {func(_ *Authentication, c *Claim) { c.ECI = "" }, ECIMissing},
		"ECI 09":          {func(_ *Authentication, c *Claim) { c.ECI = "09" }, ECIUnknown},
		"the other group": {func(a *Authentication, c *Claim) { c.ECI = otherGroup(a.ECI) }, ECIUnknown},
		"the other row":   {func(a *Authentication, c *Claim) { c.ECI = otherRow(a.ECI) }, ECIMismatch},
		"ECI of nobody authenticated": {func(a *Authentication, c *Claim) {
			c.ECI = core.ECIFor(a.Card.Brand, core.ThreeDS22, core.StatusFailed)
		}, CAVVNotExpected},
		"exemption":          {func(_ *Authentication, c *Claim) { c.Exemption = true }, CAVVNotExpected},
		"bad signature":      {func(a *Authentication, _ *Claim) { a.BadSignature = true }, SignatureNotVerified},
		"authenticate error": {func(a *Authentication, _ *Claim) { a.AuthenticateError = true }, NotAuthenticated},
		"lookup error":       {func(a *Authentication, _ *Claim) { a.LookupError = true }, NotAuthenticated},
	}
	for _, r := range rows() {
		if !r.status.CarriesCAVV() {
			continue
		}
		for name, alter := range alterations {
			b := newBench(t)
			if _, code := b.verify(r.claim(b, alter.change)); code != alter.want {
				t.Errorf("%s, %s: refusal %q, want %q", r.name, name, code, alter.want)
			}
		}
	}
}

func otherGroup(e core.ECI) core.ECI {
	return map[core.ECI]core.ECI{"05": "02", "02": "05", "06": "01", "01": "06"}[e]
}

func otherRow(e core.ECI) core.ECI {
	return map[core.ECI]core.ECI{"05": "06", "06": "05", "02": "01", "01": "02"}[e]
}

func TestIDsOfAClaim(t *testing.T) {
	for _, r := range rows() {
		if !r.status.CarriesCAVV() {
			continue
		}
		emv, mc := r.version.EMV(), r.brand == core.Mastercard
		pick := func(yes bool, code string) string {
			if yes {
				return code
			}
			return ""
		}
		for name, tc := range map[string]struct {
			change func(a *Authentication, c *Claim)
			want   string
		}{
			"no DS id":      {func(_ *Authentication, c *Claim) { c.DSTransactionID = "" }, pick(emv && mc, DSMissing)},
			"another DS id": {func(_ *Authentication, c *Claim) { c.DSTransactionID = "0" }, DSMismatch},
			"no XID":        {func(_ *Authentication, c *Claim) { c.XID = "" }, ""},
			"another XID":   {func(_ *Authentication, c *Claim) { c.XID = XID(other) }, pick(!emv, XIDMismatch)},
		} {
			b := newBench(t)
			if _, code := b.verify(r.claim(b, tc.change)); code != tc.want {
				t.Errorf("%s, %s: refusal %q, want %q", r.name, name, code, tc.want)
			}
		}
	}
}

// TestClaimsWithoutCAVV holds the rows that need none to what they do need.
func TestClaimsWithoutCAVV(t *testing.T) {
	for name, tc := range map[string]struct {
		brand   core.Brand
		version core.ThreeDSVersion
		change  func(a *Authentication, c *Claim)
		want    string
	}{
		"no lookup":              {core.Visa, core.ThreeDS10, func(a *Authentication, _ *Claim) { a.Merchant = "rival" }, NotAuthenticated},
		"enrolled":               {core.Visa, core.ThreeDS10, func(a *Authentication, _ *Claim) { a.Enrolled = core.EnrolledYes }, CAVVMissing},
		"Visa, unknown":          {core.Visa, core.ThreeDS10, func(a *Authentication, _ *Claim) { a.Enrolled = core.EnrolledUnknown }, CAVVMissing},
		"Visa, failed":           {core.Visa, core.ThreeDS10, func(a *Authentication, _ *Claim) { a.Enrolled, a.Status = "Y", "N" }, CAVVMissing},
		"Mastercard, enrolled":   {core.Mastercard, core.ThreeDS10, func(a *Authentication, _ *Claim) { a.Enrolled = core.EnrolledYes }, CAVVMissing},
		"EMV":                    {core.Visa, core.ThreeDS22, nil, CAVVMissing},
		"EMV, Mastercard":        {core.Mastercard, core.ThreeDS21, nil, CAVVMissing},
		"claims version 2":       {core.Visa, core.ThreeDS10, func(_ *Authentication, c *Claim) { c.Version = "2.2.0" }, CAVVMissing},
		"authenticated, no CAVV": {core.Visa, core.ThreeDS10, func(_ *Authentication, c *Claim) { c.ECI = "05" }, CAVVMissing},
		"04 for Visa":            {core.Visa, core.ThreeDS22, func(_ *Authentication, c *Claim) { c.ECI = "04" }, ECIUnknown},
		"another DS id with 07":  {core.Visa, core.ThreeDS22, func(_ *Authentication, c *Claim) { c.ECI, c.DSTransactionID = "07", "0" }, DSMismatch},
		"a rival's DS id with 07": {core.Visa, core.ThreeDS22, func(a *Authentication, c *Claim) {
			a.Merchant, c.ECI, c.DSTransactionID = "rival", "07", a.DSTransactionID
		}, DSMismatch},
		"ids without ECI": {core.Visa, core.ThreeDS22, func(_ *Authentication, c *Claim) { c.ECI = ""; c.DSTransactionID = dsID }, ECIMissing},
		"nothing claimed": {core.Visa, core.ThreeDS22, func(_ *Authentication, c *Claim) { c.ECI, c.DSTransactionID, c.XID = "", "", "" }, ""},
	} {
		b := newBench(t)
		a := authentication(b, tc.brand, tc.version, core.StatusNone)
		a.Enrolled = core.EnrolledNo
		c := Claim{Merchant: "shop", Card: a.Card, Money: euros, ECI: core.ECIFor(tc.brand, core.ThreeDS22, core.StatusAttempted)}
		if tc.change != nil {
			tc.change(&a, &c)
		}
		record(b, a)
		if _, code := b.verify(c); code != tc.want {
			t.Errorf("%s: refusal %q, want %q", name, code, tc.want)
		}
	}
}

func TestExactAmount(t *testing.T) {
	b := newBench(t)
	b.set("acehub", "cavvAmount", "exact")
	c := claimOf(b, authenticated(b, core.Visa, core.ThreeDS22, core.StatusAuthenticated))
	if _, code := b.verify(c); code != "" {
		t.Errorf("the exact amount: refused as %s", code)
	}
	c.Money.Minor--
	if _, code := b.verify(c); code != CAVVAmountDiffers {
		t.Errorf("a cent less: refusal %q, want %q", code, CAVVAmountDiffers)
	}
}

func TestFixedCAVV(t *testing.T) {
	for name, tc := range map[string]struct {
		version core.ThreeDSVersion
		change  func(c *Claim)
		want    string
	}{
		"by DS id":             {core.ThreeDS22, nil, ""},
		"by XID":               {core.ThreeDS22, func(c *Claim) { c.DSTransactionID = ""; c.XID = XID(txID) }, ""},
		"by nothing":           {core.ThreeDS22, func(c *Claim) { c.DSTransactionID = "" }, DSMissing},
		"unknown DS id":        {core.ThreeDS22, func(c *Claim) { c.DSTransactionID = "0\x00" }, DSMismatch},
		"unknown XID":          {core.ThreeDS22, func(c *Claim) { c.DSTransactionID = ""; c.XID = XID(other) }, XIDMismatch},
		"another card":         {core.ThreeDS22, func(c *Claim) { c.Card.Fingerprint += "x" }, CAVVOtherCard},
		"an invented value":    {core.ThreeDS22, func(c *Claim) { c.CAVV = "AAECAwQFBgcICQoLDA0ODxAREhM=" }, CAVVUnknown},
		"1.0 has its own CAVV": {core.ThreeDS10, nil, ""},
	} {
		b := newBench(t)
		b.set("cardinal", "fixedCavv", true)
		a := authentication(b, core.Visa, tc.version, core.StatusAuthenticated)
		a.XID = XID(txID)
		record(b, a)
		c := claimOf(b, a)
		c.XID = ""
		if fixed := c.CAVV == fixedCAVV; fixed != tc.version.EMV() {
			t.Errorf("%s: CAVV %s", name, c.CAVV)
		}
		if tc.change != nil {
			tc.change(&c)
		}
		if _, code := b.verify(c); code != tc.want {
			t.Errorf("%s: refusal %q, want %q", name, code, tc.want)
		}
	}
}

// TestDSIDOfBeforeLinks: in a file of a former version a table leads to the transaction.
func TestDSIDOfBeforeLinks(t *testing.T) {
	b := newBench(t)
	a := authentication(b, core.Mastercard, core.ThreeDS22, core.StatusNone)
	a.DSTransactionID = dsID
	record(b, a)
	c := Claim{Merchant: "shop", Card: a.Card, Money: euros, ECI: "00", DSTransactionID: dsID}
	if _, code := b.verify(c); code != DSMismatch {
		t.Errorf("nothing leads to the id: refusal %q", code)
	}
	b.do(func(s sandbox.Scope) error {
		return dsIDs.Put(s.Tx, s.World.ID, s.World.Digest("dsid", dsID), origin{a.TransactionID})
	})
	if got, code := b.verify(c); code != "" || got.TransactionID != txID {
		t.Errorf("the table leads to %q: refusal %q", got.TransactionID, code)
	}
}

// TestLinkOfAnother: a link is good only for a transaction that has it. One that the
// directory server never saw has none.
func TestLinkOfAnother(t *testing.T) {
	b := newBench(t)
	a := authentication(b, core.Mastercard, core.ThreeDS22, core.StatusNone)
	link := a.DSTransactionID
	a.DSTransactionID = ""
	record(b, a)
	if _, code := b.verify(Claim{Merchant: "shop", Card: a.Card, Money: euros, ECI: "00", DSTransactionID: link}); code != DSMismatch {
		t.Errorf("refusal %q", code)
	}
}

func TestFixedCAVVIsNothingWithoutItsSetting(t *testing.T) {
	b := newBench(t)
	c := claimOf(b, authenticated(b, core.Visa, core.ThreeDS22, core.StatusAuthenticated))
	c.CAVV = fixedCAVV
	if _, code := b.verify(c); code != CAVVUnknown {
		t.Errorf("refusal %q, want %q", code, CAVVUnknown)
	}
}

func TestAnApprovalUsesTheCAVVUp(t *testing.T) {
	b := newBench(t)
	a := authenticated(b, core.Mastercard, core.ThreeDS22, core.StatusAuthenticated)
	c := claimOf(b, a)
	codes := make([]string, 16)
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() {
			b.do(func(s sandbox.Scope) error {
				got, r, err := Verify(s, c)
				codes[i] = codeOf(r)
				if err != nil || r != nil {
					return err
				}
				return SpendCAVV(s, got.TransactionID)
			})
		})
	}
	wg.Wait()
	accepted := 0
	for _, code := range codes {
		if code == "" {
			accepted++
		} else if code != CAVVUsed {
			t.Errorf("refusal %q, want %q", code, CAVVUsed)
		}
	}
	if accepted != 1 {
		t.Errorf("%d payments were accepted, want 1", accepted)
	}
	b.do(func(s sandbox.Scope) error { return Record(s, a) })
	if _, code := b.verify(c); code != CAVVUsed {
		t.Errorf("recorded again: refusal %q, want %q", code, CAVVUsed)
	}
}

func TestSpendCAVVOfNobody(t *testing.T) {
	b := newBench(t)
	b.do(func(s sandbox.Scope) error { return SpendCAVV(s, "") })
	err := b.db.Update(func(tx *store.Tx) error { return SpendCAVV(b.w.At(noon, tx), other) })
	if err == nil {
		t.Error("an unknown transaction's CAVV was spent")
	}
}

func TestLastIsTheNewestLookup(t *testing.T) {
	b := newBench(t)
	first := authenticated(b, core.Visa, core.ThreeDS22, core.StatusChallenge)
	second := first
	second.TransactionID = other
	record(b, second)
	first.Status = core.StatusAuthenticated
	b.do(func(s sandbox.Scope) error { return Record(s, first) }) // a result of the elder transaction, no new lookup
	b.do(func(s sandbox.Scope) error {
		got, ok, err := Last(s, "shop", first.Card.Fingerprint)
		if !ok || got.TransactionID != other {
			t.Errorf("last is %q, want %q", got.TransactionID, other)
		}
		if _, ok, _ := Last(s, "rival", first.Card.Fingerprint); ok {
			t.Error("a rival sees the shop's lookup")
		}
		return err
	})
}
