package browsertest

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// problems are what went wrong on a page: scripts that failed, what the policy
// forbade, dialogs that no page of ours opens.
type problems struct {
	mu    sync.Mutex
	found []string
}

func (p *problems) add(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.found = append(p.found, fmt.Sprintf(format, args...))
}

func (p *problems) list() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.found...)
}

func watch(ctx context.Context) *problems {
	p := &problems{}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			p.add("exception: %s", e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			// A browser does not focus a field in another site's frame, and says so.
			harmless := strings.Contains(e.Entry.Text, "Blocked autofocusing")
			if !harmless && (e.Entry.Source == log.SourceSecurity || e.Entry.Source == log.SourceJavascript) {
				p.add("%s: %s", e.Entry.Source, e.Entry.Text)
			}
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError {
				p.add("console error: %v", e.Args)
			}
		}
	})
	return p
}
