package console

import (
	"fmt"
	"net/http"

	"cardsim/web"
)

// catalogue shows every outcome of every operation, with its source and the YAML
// that produces it.
func (c *Console) catalogue(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Body = "Catalogue", "catalogue", "catalogue"
	var list struct {
		Items []struct {
			Operation string
			Outcomes  []web.Outcome
		}
	}
	if err := c.api.get(r.Context(), "/api/v1/outcomes", &list); err != nil {
		return err
	}
	var v web.Catalogue
	for _, op := range list.Items {
		o := web.Operation{ID: op.Operation}
		for _, out := range op.Outcomes {
			out.YAML = fmt.Sprintf("version: 1\nname: %s\nsummary: %s\nrules:\n  - name: %s\n    on: %s\n    do: {outcome: %s}\n",
				out.Name, "Each "+op.Operation+" answers "+out.Name+".", out.Name, op.Operation, out.Name)
			out.EditHref = root(r) + "/scenarios/edit?text=" + escape(out.YAML)
			o.Outcomes = append(o.Outcomes, out)
		}
		v.Operations = append(v.Operations, o)
	}
	p.View = v
	return nil
}
