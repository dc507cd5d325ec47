package web

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var galleryDir = flag.String("gallery", "", "folder to write every page to")

// gallery is every page of the console in every state, filled with one value.
func gallery(value string) map[string]func() (Page, error) {
	frame := Console{
		Title: value, Section: "flows", Root: "/s/default", Sandbox: value, Sandboxes: []string{value, "default"}, Scenarios: []string{value},
		Clock: Clock{Now: value, Exact: value, Frozen: true}, Events: "/events", Live: "request", Notice: value, Failure: value, Shop: "http://localhost:1/", LoggedIn: true,
	}
	in := func(body string, view any) func() (Page, error) {
		f := frame
		f.Body, f.View = body, view
		return f.Page
	}
	quiet := Console{Title: "Flows", Section: "flows", Root: "/s/default", Sandbox: "default", Body: "flows", View: Flows{Empty: Empty{Title: value, Command: value}}}
	pages := map[string]func() (Page, error){
		"flows-empty": quiet.Page,
		"login":       Login{Next: value}.Page,
		"login-wrong": Login{Next: value, Failure: value}.Page,
	}
	for name, view := range filled(value) {
		body, _, _ := strings.Cut(name, "-")
		pages[name] = in(body, view)
	}
	return pages
}

// filled are the views of the console's pages.
func filled(value string) map[string]any {
	var cells []Cell
	for _, kind := range []CellKind{Plain, Mono, Ident, Moment, Amount, Mark, Code, Caution} {
		cells = append(cells, Cell{Kind: kind, Text: value, Title: value, Tone: Bad})
	}
	cells = append(cells, Cell{Text: value, Href: "/s/default/flows/1"})
	table := Table{
		Name: value, Columns: []Column{{Name: value}, {Name: value, Right: true}}, Older: "?after=r-000001",
		Rows: []Row{{ID: value, Href: "/s/default/requests/1", Cells: cells, Actions: []Action{{Label: value, To: "/s/default/x", Name: "action", Value: value, Danger: true, Fields: []Field{{"a", value}}}}}},
	}
	hop := Hop{
		ID: "r-1", Href: "/s/default/requests/r-1", To: 4, Label: value, Operation: value, Outcome: cells[5], Time: cells[3], Duration: value, Rule: value, Reason: value,
		Issued: []Letter{{value, value}}, Checked: []Letter{{value, value}}, Spoiled: &HopLink{value, value, value},
	}
	message := Message{Headers: []Fact{{value, cells[0]}}, Parts: []Part{{value, value}}}
	problem := Problem{Line: 1, Column: 2, Detail: value}
	return map[string]any{
		"flows": Flows{
			Journeys: []Journey{{ID: "f1", Href: "/s/default/flows/f1", Card: value, Money: value, Outcome: cells[5], Time: cells[3], Hops: 2, Current: true}}, Older: "?after=1",
			Chosen: &Lanes{ID: value, Card: value, Money: value, Outcome: cells[5], Time: cells[3], Requests: "/s/default/requests", Hops: []Hop{hop, {ID: "r-2", To: 1}}, Values: []Value{{value, value, value}}},
		},
		"requests":       Requests{Text: value, Operation: value, Outcome: value, Flow: value, Operations: []string{value}, Table: table},
		"requests-empty": Requests{Table: Table{Empty: Empty{Title: value, Command: value}}},
		"request": Request{
			Facts: []Fact{{value, cells[0]}}, Warnings: []string{value}, Reason: value, Sent: message, Answered: message, Curl: value, Scenario: value, EditHref: "/s/default/scenarios/edit",
			Why: Why{Clock: value, Won: value, Considered: []Considered{{value, true, ""}, {value, false, value}}, Draws: []string{value}, State: []Changed{{value, value, value, value}, {What: value}}, Unused: []string{value}},
		},
		"request-plain": Request{}, "challenges": table, "list": table, "record": Record{Flow: cells[8], Text: value}, "sorry": Sorry{Detail: value},
		"outbox":       Outbox{Letters: []Letterbox{{ID: value, Channel: value, To: value, Text: value, Code: value, Time: cells[3], Flow: cells[8], Attempts: []string{value}}}},
		"outbox-empty": Outbox{Empty: Empty{Title: value, Command: value}},
		"scenarios": Scenarios{
			Active:  []ActiveScenario{{Name: value, Source: value, Error: value, Rules: []ActiveRule{{value, 1, 2, false}, {value, 0, 0, true}}}, {Name: value}},
			Shipped: []ShippedScenario{{value, value, "/s/default/scenarios/edit", "/s/default/scenarios"}}, EditTo: "/s/default/scenarios/edit", ClearTo: "/s/default/scenarios",
		},
		"scenarios-none": Scenarios{},
		"editor":         Editor{Text: value, To: "/s/default/scenarios/edit", Problems: []Problem{problem, {Detail: value}}, Lines: []Line{{1, value, []Problem{problem}}}},
		"editor-clean":   Editor{Text: value, To: "/s/default/scenarios/edit", Checked: value},
		"catalogue":      Catalogue{[]Operation{{value, []Outcome{{Name: value, Summary: value, Source: value, Mark: value, With: []string{value}, YAML: value, EditHref: "/s/default/scenarios/edit"}}}}},
		"cards":          Cards{Table: table, To: "/s/default/cards", Outcomes: []string{value}},
		"settings":       Settings{To: "/s/default/settings", Groups: []SettingGroup{{value, []Setting{{Key: value, Name: value, Summary: value, Source: value, Value: value, Default: "x", Options: []string{value}, Modified: true}, {Number: true}}}}},
		"connect": Connect{
			Sandbox: value, Providers: []Account{{value, []Fact{{value, cells[0]}}}}, Snippets: []Part{{value, value}, {value, value}},
			KeyHref: "/s/default/key.pem", CreateTo: "/sandboxes", ResetTo: "/s/default/sandbox", DeleteTo: "/s/default/sandbox",
		},
	}
}

// TestGallery renders every page in every state: it holds together, nothing that
// was put in gets out, and the policy it is sent with is one it can live under.
func TestGallery(t *testing.T) {
	seen := map[string]bool{}
	for name, page := range gallery(nasty) {
		t.Run(name, func(t *testing.T) {
			p := render1(t, page)
			body := string(p.Body)
			for _, bad := range []string{"<script>alert", "<img src=http", " style=", "javascript:"} {
				if strings.Contains(body, bad) {
					t.Errorf("the page has %q:\n%s", bad, body)
				}
			}
			if regexp.MustCompile(`<[^>"]+ on\w+=`).MatchString(body) || regexp.MustCompile(`<script(?:>| [^>]*>)[^<]`).MatchString(body) {
				t.Error("the page has an inline handler or script")
			}
			if policy := p.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("the policy is %q", policy)
			}
			balanced(t, body)
		})
		body, _, _ := strings.Cut(name, "-")
		seen[body] = true
	}
	for _, tmpl := range consolePages().Templates() {
		name := tmpl.Name()
		if parts := []string{"table", "cell", "copier", "copytext", "copyall", "action", "empty", "message", "lanes", "console.html", "login.html"}; strings.HasSuffix(name, ".html") || slices.Contains(parts, name) {
			continue
		}
		if !seen[name] {
			t.Errorf("no page of the gallery shows %q", name)
		}
	}
}

// balanced says that every element that is opened is closed, in order.
func balanced(t *testing.T, body string) {
	t.Helper()
	void := map[string]bool{"meta": true, "link": true, "input": true, "option": true, "!DOCTYPE": true, "br": true, "img": true}
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-zA-Z!][a-zA-Z0-9]*)(?:"[^"]*"|[^">])*>`).FindAllStringSubmatch(body, -1) {
		switch name := m[2]; {
		case void[name]:
		case m[1] == "":
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			t.Fatalf("</%s> closes %v", name, open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("never closed: %v", open)
	}
}

// TestWriteGallery writes the pages to a folder for people to look at:
// go test ./web -run WriteGallery -gallery FOLDER.
func TestWriteGallery(t *testing.T) {
	if *galleryDir == "" {
		t.Skip("no -gallery folder")
	}
	all := gallery("Demo Shop")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if err := os.WriteFile(filepath.Join(*galleryDir, name+".html"), render1(t, all[name]).Body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
