package web

// Notice is a page that only says something: an error, or an end without an
// address to go back to.
type Notice struct {
	Look    Look
	Title   string // what happened
	Lead    string // why, and what to do
	Outcome string // as in AutoPost; empty for an error
	End     string // as in AutoPost
	Detail  string // a technical line for the developer; empty for none
}

// Page renders the notice.
func (v Notice) Page() (Page, error) {
	return render(layout{name: "notice.html", title: v.Title, look: v.Look, formTo: formToSelf}, v)
}
