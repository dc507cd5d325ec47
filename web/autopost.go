package web

// Field is one hidden field of a form.
type Field struct{ Name, Value string }

// AutoPost is a page with one form that a small script submits and a button
// submits without: how a result travels through the browser.
type AutoPost struct {
	Look  Look
	Title string // what happened, the page's heading
	Lead  string // why; empty where the title says it all
	// Follows is what comes next: Taking you back to Demo Shop. Stays is said in
	// its place when nothing moves: without JavaScript, and to a browser that went
	// back to this page.
	Follows, Stays string
	// Pause is how long the page can be read before it moves on, in seconds.
	Pause int
	// Outcome names the result for tests and style: authenticated, failed,
	// cancelled, expired, unavailable; empty when the form carries no result.
	Outcome string
	// End says more closely how it came to it: attempt-limit.
	End string
	// Own is the page's own address by GET, for reload and the back button; empty
	// for none.
	Own    string
	Action string  // the form's address; the caller has checked that it is http or https
	Fields []Field // hidden fields, in this order
	Button string  // the button's words: Continue
	// ParentMessage, when set, is posted to the parent window before the form is
	// submitted, for a merchant page that listens in a frame's place.
	ParentMessage string
}

// Page renders the form.
func (v AutoPost) Page() (Page, error) {
	return render(layout{name: "autopost.html", title: v.Title, look: v.Look, formTo: formToWeb}, v)
}
