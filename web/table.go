package web

// Table is a list as the console shows it: dense, with a link on each row.
type Table struct {
	// Name tells tests and scripts which table it is.
	Name    string
	Columns []Column
	Rows    []Row
	Empty   Empty
	// Older is the address of the next page; empty on the last.
	Older string
}

// Column is a heading. Right aligns numbers.
type Column struct {
	Name  string
	Right bool
}

// Row is one line. Href opens it in the drawer, or as a page without scripts.
type Row struct {
	ID    string
	Href  string
	Cells []Cell
	// Actions are buttons at the end of the row.
	Actions []Action
}

// CellKind says how a cell is drawn.
type CellKind string

// The kinds of cell.
const (
	Plain   CellKind = ""       // text
	Mono    CellKind = "mono"   // code and numbers
	Ident   CellKind = "ident"  // an id, shortened in the middle, with a button that copies it whole
	Moment  CellKind = "time"   // an instant; Title has it exactly
	Amount  CellKind = "amount" // money, right-aligned
	Mark    CellKind = "mark"   // a status: Tone with Text
	Code    CellKind = "code"   // a one-time password, large, with a button that copies it
	Caution CellKind = "note"   // secondary words
)

// Tone is how a status is meant; never by colour alone (a word and a shape go
// with it).
type Tone string

// The tones.
const (
	Good    Tone = "good"
	Bad     Tone = "bad"
	Pending Tone = "pending"
	Fault   Tone = "fault"
	Neutral Tone = "neutral"
)

// Shape is the sign that goes with a tone.
func (t Tone) Shape() string {
	switch t {
	case Good:
		return "●"
	case Bad:
		return "▲"
	case Pending:
		return "◔"
	case Fault:
		return "✕"
	default:
		return "○"
	}
}

// Cell is one value of a row.
type Cell struct {
	Kind  CellKind
	Text  string
	Title string // shown on hover: the exact value
	Tone  Tone
	Href  string
}

// Short is the text, an id shortened in the middle.
func (c Cell) Short() string {
	r := []rune(c.Text)
	if c.Kind != Ident || len(r) <= 14 {
		return c.Text
	}
	return string(r[:6]) + "…" + string(r[len(r)-5:])
}

// Copied says that a button which copies the text stands behind it.
func (c Cell) Copied() bool { return c.Text != "" && (c.Kind == Ident || c.Kind == Code) }

// Action is a button that posts a form.
type Action struct {
	Label string
	To    string // the form's address
	Name  string // name and value of the button
	Value string
	// Danger marks what cannot be undone.
	Danger bool
	Fields []Field // hidden
}

// Empty is what a list says when there is nothing in it.
type Empty struct {
	Title string // what will appear here
	// Command makes it appear; copied with a button.
	Command string
}
