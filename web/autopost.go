package web

// Field is one hidden field of a form.
type Field struct{ Name, Value string }

// AutoPost is a page with one form that a small script submits on load and a
// button submits without: how a result travels through the browser.
type AutoPost struct {
	Look  Look
	Title string // what happened, the page's heading
	Lead  string // what follows: Taking you back to Demo Shop.
	// Outcome names the result for tests and style: authenticated, failed,
	// cancelled, expired, unavailable; empty when the form carries no result.
	Outcome string
	Action  string  // the form's address; the caller has checked that it is http or https
	Fields  []Field // hidden fields, in this order
	Button  string  // the button's words: Continue
	// ParentMessage, when set, is posted to the parent window before the form is
	// submitted, for a merchant page that listens in a frame's place.
	ParentMessage string
}

// Page renders the form.
func (v AutoPost) Page() (Page, error) {
	return render(layout{name: "autopost.html", title: v.Title, look: v.Look, formTo: formToWeb}, v)
}
