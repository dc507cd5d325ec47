package console

import (
	"net/http"
	"strconv"
	"time"

	"cardsim/web"
)

// shownMessages is how many of the newest are drawn.
const shownMessages = 200

// outbox shows the messages as the cardholder would read them.
func (c *Console) outbox(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Outbox", "outbox", "message challenge request", "outbox"
	var list struct {
		Items []struct {
			ID                            string
			At                            time.Time
			Channel, To, Flow, Text, Code string
			Attempts                      []struct {
				At            time.Time
				Status, Error string
			}
		}
	}
	if err := c.api.get(r.Context(), apiPath(r, "/messages?limit="+strconv.Itoa(shownMessages)), &list); err != nil {
		return err
	}
	v := web.Outbox{Empty: web.Empty{Title: "One-time passwords and notifications appear here. Enrol a card at the issuer, then look it up.", Command: "cardsim demo --url URL --admin-url ADMIN_URL"}}
	for _, m := range list.Items {
		letter := web.Letterbox{ID: m.ID, Channel: m.Channel, To: m.To, Text: m.Text, Code: m.Code, Time: clockTime(m.At), Flow: flowCell(r, m.Flow)}
		for i, a := range m.Attempts {
			text := "attempt " + strconv.Itoa(i+1) + " at " + a.At.UTC().Format("15:04:05") + ": " + a.Status
			if a.Error != "" {
				text += ", " + a.Error
			}
			letter.Attempts = append(letter.Attempts, text)
		}
		v.Letters = append(v.Letters, letter)
	}
	p.View = v
	return nil
}
