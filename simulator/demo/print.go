package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cardsim/simulator/journal"
)

// printer shows messages as they went over the wire, with card numbers, codes
// and secrets masked.
type printer struct {
	out     io.Writer
	secrets []string
	err     error // the first failure to write
}

// secret names values that are never shown.
func (p *printer) secret(values ...string) {
	for _, v := range values {
		if v != "" {
			p.secrets = append(p.secrets, v)
		}
	}
}

func (p *printer) line(format string, args ...any) {
	if _, err := fmt.Fprintf(p.out, format+"\n", args...); p.err == nil {
		p.err = err
	}
}

func (p *printer) begin(url string) {
	p.line("One card, four companies, one payment. Providers: %s", url)
}

// step heads a step of the story.
func (p *printer) step(number, title string) {
	p.line("")
	p.line("%s  %s", number, title)
}

// note is a sentence about what just happened.
func (p *printer) note(format string, args ...any) { p.line("     = "+format, args...) }

// sent shows a request, got an answer.
func (p *printer) sent(method, path, contentType string, body []byte) {
	p.line("     > %s %s", method, path)
	p.body("     > ", contentType, body)
}

func (p *printer) got(status int, contentType string, body []byte) {
	p.line("     < HTTP %d", status)
	p.body("     < ", contentType, body)
}

func (p *printer) body(prefix, contentType string, body []byte) {
	if len(body) == 0 {
		return
	}
	text := journal.MaskBody(journal.KindOf(contentType, body), body, p.secrets)
	for _, line := range strings.Split(strings.TrimRight(pretty(text), "\n"), "\n") {
		p.line("%s%s", prefix, clip(line))
	}
}

// pretty indents JSON and puts each XML element on a line.
func pretty(text string) string {
	var buf bytes.Buffer
	if json.Indent(&buf, []byte(text), "", "  ") == nil {
		return buf.String()
	}
	if _, xml, found := strings.Cut(text, "<CardinalMPI>"); found {
		xml = strings.TrimSuffix(xml, "</CardinalMPI>")
		var lines []string
		for _, element := range strings.SplitAfter(xml, ">") {
			if n := len(lines); n > 0 && strings.Contains(element, "</") {
				lines[n-1] += element
			} else if element != "" {
				lines = append(lines, "  "+element)
			}
		}
		return "<CardinalMPI>\n" + strings.Join(lines, "\n") + "\n</CardinalMPI>"
	}
	return text
}

// clip keeps long payloads from filling the screen.
func clip(line string) string {
	const most = 150
	if len(line) <= most {
		return line
	}
	return fmt.Sprintf("%s… (%d characters)", line[:most], len(line))
}

func (p *printer) end(order string) {
	p.line("")
	p.line("Authorised: order %s is paid, the liability is with the issuer.", order)
}
