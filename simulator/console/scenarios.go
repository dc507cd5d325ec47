package console

import (
	"net/http"
	"net/url"
	"strings"

	"cardsim/web"
)

// scenarios shows what is active and what could be.
func (c *Console) scenarios(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Scenarios", "scenarios", "scenarios request", "scenarios"
	to := root(r) + "/scenarios"
	v := web.Scenarios{EditTo: to + "/edit", ClearTo: to}
	var now struct {
		Active []struct {
			Name, Source string
			Error        *string
			Rules        []web.ActiveRule
		}
	}
	if err := c.api.get(r.Context(), apiPath(r, "/scenarios"), &now); err != nil {
		return err
	}
	for _, s := range now.Active {
		a := web.ActiveScenario{Name: s.Name, Source: s.Source, Rules: s.Rules}
		if s.Error != nil {
			a.Error = *s.Error
		}
		v.Active = append(v.Active, a)
	}
	var library struct{ Items []web.ShippedScenario }
	if err := c.api.get(r.Context(), "/api/v1/scenarios", &library); err != nil {
		return err
	}
	for _, s := range library.Items {
		v.Shipped = append(v.Shipped, web.ShippedScenario{Name: s.Name, Summary: s.Summary, Href: to + "/edit?name=" + escape(s.Name), UseTo: to})
	}
	p.View = v
	return nil
}

// useScenario puts one shipped scenario in force in place of all, or none.
func (c *Console) useScenario(w http.ResponseWriter, r *http.Request) {
	use, done := []string{}, "No scenario is active any more."
	if name := r.PostFormValue("use"); name != "" {
		use, done = append(use, name), "The scenario "+name+" is active."
	}
	c.back(w, r, done, c.api.do(r.Context(), call{method: http.MethodPut, path: apiPath(r, "/scenarios"), body: map[string][]string{"use": use}}, nil))
}

// firstScenario is what an empty editor begins with.
const firstScenario = `version: 1
name: my-scenario
summary: The first payment with each card is declined.
rules:
  - name: first of each card
    on: acehub.payment.create
    per: card
    sequence:
      - outcome: declined
`

// edit shows the editor: empty, with a shipped scenario, or with a text.
func (c *Console) edit(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Body = "Write a scenario", "scenarios", "editor"
	v := web.Editor{Text: firstScenario, To: root(r) + "/scenarios/edit"}
	q := r.URL.Query()
	if text := q.Get("text"); text != "" {
		v.Text = text
	}
	if name := q.Get("name"); name != "" {
		var shipped struct{ Source string }
		if err := c.api.get(r.Context(), "/api/v1/scenarios/"+url.PathEscape(name), &shipped); err != nil {
			return err
		}
		v.Text = shipped.Source
	}
	p.View = v
	return nil
}

// saved checks what was written, and uses it when that was asked for and all is
// well.
func (c *Console) saved(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Body = "Write a scenario", "scenarios", "editor"
	text := strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n")
	v := web.Editor{Text: text, To: root(r) + "/scenarios/edit"}
	in := call{method: http.MethodPost, path: apiPath(r, "/scenarios/check"), media: "application/yaml", body: []byte(text)}
	v.Checked = "Nothing is wrong with it. It is not active yet."
	if r.PostFormValue("action") == "use" {
		in.method, in.path = http.MethodPut, apiPath(r, "/scenarios")
		v.Checked = "It is active now, in place of what was."
	}
	if err := c.api.do(r.Context(), in, nil); err != nil {
		wrong, ok := problemsOf(err)
		if !ok {
			return err
		}
		v.Checked, v.Problems = "", wrong
		v.Lines = lines(text, wrong)
	}
	p.View = v
	return nil
}

// problemsOf are those of a refused text.
func problemsOf(err error) ([]web.Problem, bool) {
	said, ok := refusalOf(err)
	if !ok || said.Status >= http.StatusInternalServerError {
		return nil, false
	}
	var list []web.Problem
	for _, e := range said.Errors {
		list = append(list, web.Problem{Line: e.Line, Column: e.Column, Detail: e.Detail})
	}
	if len(list) == 0 {
		list = append(list, web.Problem{Detail: said.Detail})
	}
	return list, true
}

// lines puts each problem at its line.
func lines(text string, wrong []web.Problem) []web.Line {
	var list []web.Line
	for i, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		line := web.Line{Number: i + 1, Text: l}
		for _, p := range wrong {
			if p.Line == line.Number {
				line.Problems = append(line.Problems, p)
			}
		}
		list = append(list, line)
	}
	return list
}
