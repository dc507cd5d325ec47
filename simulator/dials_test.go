package simulator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// callers are the packages that may open a connection, each to where its user told it
// to go. Everything else only answers. What a client of ours calls is a simulator: the
// notifications that providers would send stay in the outbox.
var callers = []string{"simulator/cli", "simulator/demo", "simulator/shop"}

// dialling are the names of the standard library that open connections, or ask for
// names, by package. A method of a value of one of these types needs the type's name or
// one of these functions somewhere.
var dialling = map[string][]string{
	"net": {
		"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Resolver", "DefaultResolver", "LookupHost", "LookupIP", "LookupAddr",
		"LookupCNAME", "LookupMX", "LookupNS", "LookupPort", "LookupSRV", "LookupTXT", "ResolveTCPAddr", "ResolveUDPAddr", "ResolveIPAddr",
	},
	"net/http":          {"Client", "DefaultClient", "DefaultTransport", "Transport", "Get", "Head", "Post", "PostForm"},
	"crypto/tls":        {"Dial", "DialWithDialer", "Dialer", "Client"},
	"net/http/httputil": {"ReverseProxy", "NewSingleHostReverseProxy", "NewClientConn", "NewProxyClientConn"},
	"net/rpc":           {"Dial", "DialHTTP", "DialHTTPPath", "NewClient"},
	"net/smtp":          {"Dial", "SendMail", "NewClient"},
	"log/syslog":        {"Dial", "New", "NewLogger"},
	"syscall":           {"Connect", "Sendto", "Socket"},
	"net/rpc/jsonrpc":   {"Dial", "NewClient"},
}

// TestOnlyClientsDial: no product package opens a connection, but those that are
// clients.
func TestOnlyClientsDial(t *testing.T) {
	found := map[string]int{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
		if d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || testSupport("cardsim/"+folder) {
			return nil
		}
		for _, name := range dialled(t, path) {
			found[folder]++
			if !slices.Contains(callers, folder) {
				t.Errorf("%s uses %s: only %s may open connections", path, name, strings.Join(callers, ", "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range callers {
		if found[folder] == 0 {
			t.Errorf("nothing was found in %s: strike it off the list, or mend the search", folder)
		}
	}
}

// dialled are the names that a file uses of those that open connections.
func dialled(t *testing.T, path string) (used []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{} // the name in this file, and the package
	for _, imp := range file.Imports {
		full, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		name := full[strings.LastIndex(full, "/")+1:]
		if imp.Name != nil {
			name = imp.Name.Name
		}
		if _, watched := dialling[full]; watched && name == "." {
			t.Errorf("%s imports %s without its name", path, full)
		}
		known[name] = full
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && slices.Contains(dialling[known[x.Name]], s.Sel.Name) {
			used = append(used, x.Name+"."+s.Sel.Name)
		}
		return true
	})
	return used
}
