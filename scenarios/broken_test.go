package scenarios_test

import (
	"strings"
	"testing"

	"cardsim/scenarios"
	"cardsim/scenarios/yamlschema/yamlschematest"
)

// The head of every broken file: two lines, so that the case begins on line 3.
const head = "version: 1\nname: x\n"

// rule begins a file with one rule, whose further keys stand from line 5 on.
const oneRule = head + "rules:\n  - on: acehub.payment.create\n"

// broken is one file and what is said about it. shape says that the schema must
// refuse it, too; anything else is not structure (decisions 23).
type broken struct {
	name, src string
	shape     bool
	want      []string
}

func brokenFiles() []broken {
	const inRule = "    "
	return []broken{
		// The document.
		{"empty", "", false, []string{"1:1: the file is empty"}},
		{"unclosed quote", head + "summary: \"open\n", false, []string{"3:10: the quote opened here is never closed"}},
		{"bad indentation", head + "rules:\n  - on: acehub.*\n   do: pass\n", false, []string{
			"5:4: this line fits neither the list above nor a new one: check its indentation"}},
		{"tab", head + "rules:\n\t- on: x\n", false, []string{"4:1: a tab cannot indent = indent with spaces"}},
		{"second document", head + "---\n" + head, false, []string{
			"3:1: a second document begins here, but this file takes one = put it into a file of its own"}},
		{"duplicate key", head + "name: y\n", false, []string{`3:1: key "name" is given twice; it is first given on line 2`}},
		{"unknown key", head + "rulse: []\n", true, []string{`3:1: unknown key "rulse" = did you mean "rules"?`}},
		{"wrong version", "version: 2\nname: x\n", true, []string{"1:10: version must be 1, not 2"}},
		{"no version", "name: x\n", true, []string{`1:1: required key "version" is missing`}},
		{"no name", "version: 1\n", true, []string{`1:1: required key "name" is missing`}},
		{"empty name", "version: 1\nname: \"\"\n", true, []string{"2:7: name must not be empty"}},
		{"long name", "version: 1\nname: " + strings.Repeat("x", 101) + "\n", true, []string{"2:7: a name has at most 100 characters"}},
		{"rules is a mapping", head + "rules: {on: x}\n", true, []string{"3:8: rules must be a list, not a mapping"}},
		{"document is a list", "- a\n", true, []string{"1:1: the document must be a mapping, not a list"}},

		// What a rule is on.
		{"no on", head + "rules:\n  - do: pass\n", true, []string{`4:5: required key "on" is missing`}},
		{"empty on", head + "rules:\n  - {on: [], do: pass}\n", true, []string{"4:10: on must not be empty"}},
		{"on without value", head + "rules:\n  - on:\n    do: pass\n", true, []string{"4:5: on has no value = give it a value, or leave the key out"}},
		{"unknown operation", head + "rules:\n  - on: acehub.paymnet.create\n    do: {outcome: aproved}\n", false, []string{
			`4:9: unknown operation "acehub.paymnet.create" = did you mean "acehub.payment.create"?`}},
		{"unknown operation in a list", head + "rules:\n  - on: [cardinal.lookup, cardinal.lokup]\n    do: pass\n", false, []string{
			`4:27: unknown operation "cardinal.lokup" = did you mean "cardinal.lookup"?`}},
		{"pattern of nothing", head + "rules:\n  - on: acehb.*\n    do: pass\n", false, []string{
			`4:9: no operation matches "acehb.*" = did you mean "acehub.*"?`}},
		{"on is a number", head + "rules:\n  - {on: 5, do: pass}\n", true, []string{`4:10: on must be text, not a whole number = put it in quotes: "5"`}},

		// Outcomes and parameters.
		{"unknown outcome", oneRule + inRule + "do: {outcome: aproved}\n", false, []string{
			`5:19: outcome "aproved" does not exist for acehub.payment.create = did you mean "approved"?`}},
		{"outcome of some", head + "rules:\n  - on: [acehub.payment.create, cardinal.lookup]\n    do: {outcome: declined}\n", false, []string{
			`5:19: outcome "declined" does not exist for cardinal.lookup = possible here: failed, timeout`}},
		{"outcome of none near", head + "rules:\n  - on: cipher.*\n    do: {outcome: declined}\n", false, []string{
			`5:19: outcome "declined" does not exist for cipher.card.create, cipher.card.update, cipher.cardholder.get and 2 more` +
				" = possible here: ok, er000, er001, er002, er003, er004"}},
		{"outcome in a sequence", oneRule + inRule + "sequence:\n      - pass\n      - outcome: declind\n", false, []string{
			`7:18: outcome "declind" does not exist for acehub.payment.create = did you mean "declined"?`}},
		{"empty outcome", oneRule + inRule + "do: {outcome: \"\"}\n", true, []string{"5:19: outcome must not be empty"}},
		{"unknown parameter", oneRule + inRule + "do: {outcome: declined, with: {mesage: no}}\n", false, []string{
			`5:36: outcome "declined" of acehub.payment.create has no parameter "mesage"; it takes code, message, detailedMessage = did you mean "message"?`}},
		{"parameter where none is", head + "rules:\n  - on: cardinal.lookup\n    do: {outcome: bypassed, with: {errorNo: 1}}\n", false, []string{
			`5:36: outcome "bypassed" of cardinal.lookup takes no parameters`}},
		{"parameter without value", oneRule + inRule + "do: {outcome: declined, with: {code: ~}}\n", false, []string{
			"5:36: code has no value = give it a value, or leave the key out"}},
		{"with without outcome", oneRule + inRule + "do: {with: {code: 1}}\n", true, []string{"5:10: with belongs to an outcome, and there is none"}},

		// What stands together in a rule.
		{"nothing to do", oneRule, true, []string{"4:5: a rule needs do or sequence: what is to happen"}},
		{"misspelt do", oneRule + inRule + "doo: pass\n", true, []string{`5:5: unknown key "doo" = did you mean "do"?`}},
		{"do and sequence", oneRule + inRule + "do: pass\n    sequence: [pass]\n", true, []string{
			"6:5: do and sequence do not belong together = make the one step the last of the sequence, with after: stay"}},
		{"empty sequence", oneRule + inRule + "sequence: []\n", true, []string{"5:15: sequence must not be empty"}},
		{"after without sequence", oneRule + inRule + "after: stay\n    do: pass\n", true, []string{"5:5: after belongs to a sequence, and there is none"}},
		{"after of another word", oneRule + inRule + "after: repaet\n    sequence: [pass]\n", true, []string{
			`5:12: after must be one of stay, repeat, not the text "repaet" = did you mean "repeat"?`}},
		{"probability above one", oneRule + inRule + "probability: 1.5\n    do: pass\n", true, []string{"5:18: probability must lie between 0 and 1"}},
		{"probability below nothing", oneRule + inRule + "probability: -0.1\n    do: pass\n", true, []string{"5:18: probability must lie between 0 and 1"}},
		{"probability in percent", oneRule + inRule + "probability: 5%\n    do: pass\n", true, []string{`5:18: probability must be a number, not the text "5%"`}},
		{"two rules of a name", head + "rules:\n  - {name: a, on: acehub.*, do: pass}\n  - {name: a, on: acehub.*, do: pass}\n", false, []string{
			`5:12: there are two rules named "a"; the first is on line 4 = give each rule a name of its own`}},
		{"empty per", oneRule + inRule + "per: \"\"\n    sequence: [pass]\n", true, []string{"5:10: per must not be empty"}},

		// Steps.
		{"another word", oneRule + inRule + "do: psas\n", true, []string{
			`5:9: a step is the word pass, or has outcome, delay, fault or respond = did you mean "pass"?`}},
		{"empty step", oneRule + inRule + "do: {}\n", true, []string{"5:9: a step is the word pass, or has outcome, delay, fault or respond"}},
		{"step without value", oneRule + inRule + "do:\n", true, []string{"5:5: do has no value = give it a value, or leave the key out"}},
		{"step is a list", oneRule + inRule + "do: [pass]\n", true, []string{"5:9: a step is the word pass, or has outcome, delay, fault or respond"}},
		{"unknown key in a step", oneRule + inRule + "do: {outcom: approved}\n", true, []string{`5:10: unknown key "outcom" = did you mean "outcome"?`}},
		{"respond with outcome", oneRule + inRule + "do: {outcome: approved, respond: {body: x}}\n", true, []string{
			"5:29: outcome and respond do not belong together: both are the answer"}},
		{"respond with an early fault", oneRule + inRule + "do: {respond: {body: x}, fault: {kind: hang}}\n", true, []string{
			"5:30: respond and this fault do not belong together: the fault comes in place of the answer" +
				" = only faults at mid-body and after-answer go with an answer"}},
		{"status of a respond", oneRule + inRule + "do: {respond: {status: 99}}\n", true, []string{"5:28: an HTTP status lies between 200 and 599"}},
		{"header of a respond", oneRule + inRule + "do: {respond: {headers: {\"a b\": x}}}\n", true, []string{"5:30: this cannot be the name of a header"}},

		// Delays.
		{"delay without unit", oneRule + inRule + "do: {delay: 5}\n", true, []string{"5:17: delay needs a unit = write a duration such as 5s or 5ms"}},
		{"delay of words", oneRule + inRule + "do: {delay: soon}\n", true, []string{
			`5:17: delay must be a duration, not the text "soon" = write a duration such as 80ms, 2s or 1m30s`}},
		{"negative delay", oneRule + inRule + "do: {delay: -5s}\n", true, []string{"5:17: a delay must not be negative"}},
		{"delay of days", oneRule + inRule + "do: {delay: 48h}\n", false, []string{"5:17: a delay is at most 24h"}},
		{"min above max", oneRule + inRule + "do: {delay: {min: 2s, max: 1s}}\n", false, []string{"5:23: min is above max"}},
		{"p50 above p99", oneRule + inRule + "do: {delay: {p50: 2s, p99: 1s}}\n", false, []string{"5:23: p50 is above p99"}},
		{"half a range", oneRule + inRule + "do: {delay: {min: 2s}}\n", true, []string{"5:17: min and max belong together; missing: max"}},
		{"two sorts of delay", oneRule + inRule + "do: {delay: {min: 1s, p99: 2s}}\n", true, []string{
			"5:27: min and p99 do not belong together = a delay is {min, max} or {p50, p99}"}},
		{"empty delay", oneRule + inRule + "do: {delay: {}}\n", true, []string{"5:17: a delay needs min and max, or p50 and p99"}},
		{"p50 of nothing", oneRule + inRule + "do: {delay: {p50: 0s, p99: 1s}}\n", false, []string{"5:23: p50 must be more than nothing"}},

		// Faults.
		{"unknown fault", oneRule + inRule + "do: {fault: {kind: rest}}\n", true, []string{
			`5:24: kind must be one of reset, hang, empty, truncate, garbage, drip, wrong-length, http, not the text "rest" = did you mean "reset"?`}},
		{"unknown place", oneRule + inRule + "do: {fault: {kind: reset, at: after-comit}}\n", true, []string{
			"5:35: at must be one of before-validation, after-validation, after-commit, mid-body, after-answer, " +
				`not the text "after-comit" = did you mean "after-commit"?`}},
		{"fault at a wrong place", oneRule + inRule + "do: {fault: {kind: truncate, at: after-commit}}\n", true, []string{
			"5:38: truncate cannot strike at after-commit = it strikes at mid-body"}},
		{"hang after the answer", oneRule + inRule + "do: {fault: {kind: hang, at: after-answer}}\n", true, []string{
			"5:34: hang cannot strike at after-answer = it strikes at before-validation, after-validation, after-commit"}},
		{"fault without kind", oneRule + inRule + "do: {fault: {at: mid-body}}\n", true, []string{`5:17: required key "kind" is missing`}},
		{"status of a reset", oneRule + inRule + "do: {fault: {kind: reset, status: 500}}\n", true, []string{"5:31: status belongs to the kind http, not to reset"}},
		{"status out of range", oneRule + inRule + "do: {fault: {kind: http, status: 700}}\n", true, []string{"5:38: an HTTP status lies between 200 and 599"}},

		// Expressions: the place is inside of them.
		{"unknown name", oneRule + inRule + "when: requst.amount > 5\n    do: pass\n", false, []string{
			`5:11: unknown name requst = did you mean "request"?`}},
		{"two unknown names", oneRule + inRule + "when: amont > 5 && curency == \"EUR\"\n    do: pass\n", false, []string{
			`5:11: unknown name amont = did you mean "amount"?`, `5:24: unknown name curency = did you mean "currency"?`}},
		{"unknown member", oneRule + inRule + "when: amount > 5 && card.barnd == \"visa\"\n    do: pass\n", false, []string{
			`5:30: card has no barnd = did you mean "brand"?`}},
		{"half an expression", oneRule + inRule + "when: amount >\n    do: pass\n", false, []string{"5:18: unexpected token EOF"}},
		{"mismatched types", oneRule + inRule + "when: 'amount > 5 && currency > 3'\n    do: pass\n", false, []string{
			"5:35: invalid operation: > (mismatched types string and int)"}},
		{"no condition", oneRule + inRule + "when: currency\n    do: pass\n", false, []string{
			"5:11: a condition gives true or false: expected bool, but got string"}},
		{"clock", oneRule + inRule + "when: now() > amount\n    do: pass\n", false, []string{"5:11: there is no function now here"}},
		{"range", oneRule + inRule + "when: minor in 1..1000000000\n    do: pass\n", false, []string{
			"5:21: ranges are not available here = compare with >= and <="}},
		{"loop in a loop", oneRule + inRule + "when: all(request.a, all(request.b, true))\n    do: pass\n", false, []string{
			"5:26: one loop inside of another is not available here"}},
		{"pattern out of the request", oneRule + inRule + "when: currency matches request.pattern\n    do: pass\n", false, []string{
			"5:20: the pattern behind matches must be a text that stands in the expression"}},
		{"bad pattern", oneRule + inRule + "when: currency matches \"(\"\n    do: pass\n", false, []string{
			"5:20: error parsing regexp: missing closing ): `(`"}},
		{"let", oneRule + inRule + "when: let a = 1; a > 0\n    do: pass\n", false, []string{
			"5:15: let is not available here: write the value out"}},
		{"in a block", oneRule + inRule + "when: |\n      amount > 5 &&\n      curency == \"EUR\"\n    do: pass\n", false, []string{
			`7:7: unknown name curency = did you mean "currency"?`}},
		{"behind other letters", oneRule + inRule + "when: 'currency == \"日本\" && amont > 5'\n    do: pass\n", false, []string{
			`5:32: unknown name amont = did you mean "amount"?`}},
		{"empty when", oneRule + inRule + "when: \"\"\n    do: pass\n", true, []string{"5:11: when must not be empty = leave the key out"}},
		{"when is a boolean", oneRule + inRule + "when: true\n    do: pass\n", true, []string{
			`5:11: when must be text, not true or false = put it in quotes: "true"`}},
		{"per of another word", oneRule + inRule + "per: crad\n    sequence: [pass]\n", false, []string{`5:10: unknown name crad = did you mean "card"?`}},
		{"per of a number", oneRule + inRule + "per: amount\n    sequence: [pass]\n", false, []string{
			"5:10: per is sandbox, card, merchant, order, flow, or an expression that gives a text: expected string, but got float64"}},
		{"per of the call", oneRule + inRule + "per: string(call)\n    sequence: [pass]\n", false, []string{
			"5:17: call is not known here: it is counted by this very counter"}},

		// Cards, cardholder, expectations.
		{"short card number", head + "cards: [{pan: \"40000000001\"}]\n", true, []string{"3:15: a card number has 12 to 19 digits and nothing else"}},
		{"card number with blanks", head + "cards: [{pan: \"4000 0000 0000 1091\"}]\n", true, []string{"3:15: a card number has 12 to 19 digits and nothing else"}},
		{"card number without quotes", head + "cards: [{pan: 4000000000001091}]\n", true, []string{
			`3:15: pan must be text, not a whole number = put it in quotes: "4000000000001091"`}},
		{"no card number", head + "cards: [{otp: \"1\"}]\n", true, []string{`3:9: required key "pan" is missing`}},
		{"card twice", head + "cards:\n  - pan: \"4000000000001091\"\n  - pan: \"4000000000001091\"\n", false, []string{
			"5:10: this card is given twice; it is first given on line 4 = put everything about a card into one entry"}},
		{"unknown flow", head + "cards: [{pan: \"4000000000001091\", threeds: {flow: chalenge}}]\n", false, []string{
			`3:51: flow "chalenge" is no outcome of cardinal.lookup = did you mean "challenge"?`}},
		{"unknown result", head + "cards: [{pan: \"4000000000001091\", threeds: {result: ok}}]\n", false, []string{
			`3:53: result "ok" is no outcome of cardinal.authenticate = possible here: authenticated, attempted, failed, unavailable, rejected, signature-invalid, error`}},
		{"result without authentication", head + "cards: [{pan: \"4000000000001091\", threeds: {flow: bypassed, result: failed}}]\n", true, []string{
			"3:61: result does not belong to flow bypassed: nobody is authenticated"}},
		{"unknown authorization", head + "cards: [{pan: \"4000000000001091\", authorization: {outcome: declnied}}]\n", false, []string{
			`3:60: outcome "declnied" does not exist for acehub.payment.create = did you mean "declined"?`}},
		{"code of letters", head + "cards: [{pan: \"4000000000001091\", otp: abc}]\n", true, []string{"3:40: a code has 1 to 16 digits and nothing else"}},
		{"unknown cardholder step", head + "cardholder: [approve, wrong-opt]\n", true, []string{
			"3:23: this entry must be one of approve, wrong-otp, resend, cancel, abandon, expire, double-submit, " +
				`not the text "wrong-opt" = did you mean "wrong-otp"?`}},
		{"count with atLeast", head + "expect: [{operation: acehub.*, count: 1, atLeast: 1}]\n", true, []string{
			"3:42: count and atLeast do not belong together = make two expectations of it"}},
		{"negative count", head + "expect: [{operation: acehub.*, count: -1}]\n", true, []string{"3:39: count must not be negative"}},
		{"expectation of nothing", head + "expect: [{count: 1}]\n", true, []string{"3:10: an expectation needs operation or order"}},
		{"order with operation", head + "expect: [{operation: acehub.*, order: [acehub.*, cipher.*]}]\n", true, []string{
			"3:11: order and operation do not belong together = make two expectations of it"}},
		{"order of one", head + "expect: [{order: [acehub.*]}]\n", true, []string{"3:18: order needs two operations or more"}},
		{"unknown operation in an expectation", head + "expect: [{operation: acehub.payment.crate}]\n", false, []string{
			`3:22: unknown operation "acehub.payment.crate" = did you mean "acehub.payment.create"?`}},
		{"unknown operation in an order", head + "expect: [{order: [acehub.*, cipher.crad.create]}]\n", false, []string{
			`3:29: unknown operation "cipher.crad.create" = did you mean "cipher.card.create"?`}},
		{"where with an unknown name", head + "expect: [{operation: acehub.*, where: 'status == 200 && outcom == \"x\"'}]\n", false, []string{
			`3:57: unknown name outcom = did you mean "outcome"?`}},
		{"where of a wrong type", head + "expect: [{operation: acehub.*, where: 'status == \"ok\"'}]\n", false, []string{
			"3:47: invalid operation: == (mismatched types float64 and string)"}},

		// Everything at once.
		{"many mistakes", "version: 3\nnmae: x\nrules:\n  - on: acehub.paymnet.create\n    probability: 2\n    when: amont > 1\n    do: {outcome: x}\n", true, []string{
			"1:10: version must be 1, not 3", `2:1: unknown key "nmae" = did you mean "name"?`,
			`4:9: unknown operation "acehub.paymnet.create" = did you mean "acehub.payment.create"?`,
			"5:18: probability must lie between 0 and 1", `6:11: unknown name amont = did you mean "amount"?`}},
	}
}

func TestBrokenFiles(t *testing.T) {
	files := brokenFiles()
	if len(files) < 40 {
		t.Fatalf("%d broken files, at least 40 are promised", len(files))
	}
	schema := compileSchema(t, nil)
	for _, tt := range files {
		t.Run(tt.name, func(t *testing.T) {
			var want []string
			for _, w := range tt.want {
				want = append(want, "f:"+w)
			}
			s, problems := scenarios.CheckFile("f", []byte(tt.src), catalogue())
			checkProblems(t, problems, want...)
			if s != nil {
				t.Error("a scenario comes with the problems")
			}
			if !yamlschematest.Readable([]byte(tt.src)) {
				return
			}
			if refused := schema.Validate(t, []byte(tt.src)) != nil; refused != tt.shape {
				t.Errorf("refused by the schema: %v, want %v", refused, tt.shape)
			}
		})
	}
}

// TestSeveralDocuments is what the admin API takes.
func TestSeveralDocuments(t *testing.T) {
	two := "version: 1\nname: a\nrules: []\n---\nversion: 1\nname: b\n"
	list, problems := scenarios.Check("f", []byte(two), catalogue())
	checkProblems(t, problems)
	if len(list) != 2 || list[0].Name != "a" || list[1].Name != "b" {
		t.Fatalf("scenarios %v", list)
	}
	list, problems = scenarios.Check("f", []byte("version: 1\nname: a\n---\nversion: 1\nname: a\nrules: [{on: x, do: pass}]\n"), catalogue())
	checkProblems(t, problems, `f:5:7: there are two scenarios named "a"; the first is on line 2`, `f:6:14: unknown operation "x"`)
	if list != nil {
		t.Error("scenarios come with the problems")
	}
}
