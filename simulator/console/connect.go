package console

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"cardsim/web"
)

// world is what the console reads of a sandbox.
type world struct {
	ID          string
	Credentials map[string]map[string]string
	Env         map[string]string
}

// connect shows how to reach the sandbox.
func (c *Console) connect(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Body = "Connect", "connect", "connect"
	var w world
	if err := c.api.get(r.Context(), apiPath(r, ""), &w); err != nil {
		return err
	}
	v := web.Connect{
		Sandbox: w.ID, KeyHref: root(r) + "/key.pem",
		CreateTo: "/sandboxes", ResetTo: root(r) + "/sandbox", Snippets: snippets(w.Env),
	}
	if w.ID != "default" {
		v.DeleteTo = root(r) + "/sandbox"
	}
	for _, name := range []string{"cardtokens", "acehub", "cardinal", "cipher"} {
		a := web.Account{Name: name}
		for _, k := range slices.Sorted(maps.Keys(w.Credentials[name])) {
			if k != "publicKey" {
				a.Facts = append(a.Facts, web.Fact{Name: k, Value: web.Cell{Text: w.Credentials[name][k]}})
			}
		}
		v.Providers = append(v.Providers, a)
	}
	p.View = v
	return nil
}

// way is one way to write a variable down.
type way struct{ name, head, line string }

var ways = []way{
	{"Shell", "", "export %s=%s"},
	{".env file", "", "%s=%s"},
	{"Node", "", "process.env.%s = %s;"},
	{"Python", "import os", "os.environ[%q] = %s"},
	{"Go", "", "t.Setenv(%q, %s)"},
	{"PHP", "<?php", "putenv(%s);"},
	{"Java", "// Maven Surefire: <environmentVariables>", "<%s>%s</%[1]s>"},
}

// snippets write the variables in each way.
func snippets(env map[string]string) []web.Part {
	names := slices.Sorted(maps.Keys(env))
	list := make([]web.Part, 0, len(ways))
	for _, w := range ways {
		var b strings.Builder
		if w.head != "" {
			b.WriteString(w.head + "\n")
		}
		for _, n := range names {
			b.WriteString(w.write(n, env[n]) + "\n")
		}
		list = append(list, web.Part{Name: w.name, Text: strings.TrimRight(b.String(), "\n")})
	}
	return list
}

func (w way) write(name, value string) string {
	switch w.name {
	case "Shell", ".env file":
		return fmt.Sprintf(w.line, name, quote(value))
	case "PHP":
		return fmt.Sprintf(w.line, "'"+name+"="+value+"'")
	case "Java":
		return fmt.Sprintf(w.line, name, escapeXML(value))
	default:
		return fmt.Sprintf(w.line, name, fmt.Sprintf("%q", value))
	}
}

// key hands the public key through.
func (c *Console) key(w http.ResponseWriter, r *http.Request) {
	in := r.Clone(r.Context())
	in.URL.Path, in.URL.RawQuery, in.URL.RawPath = apiPath(r, "/keys/cardtokens"), "format=spki", ""
	in.Host = "localhost"
	c.api.authorize(in)
	c.api.api.ServeHTTP(w, in)
}

// makeSandbox makes a sandbox and shows how to reach it.
func (c *Console) makeSandbox(w http.ResponseWriter, r *http.Request) {
	body := map[string]string{}
	if id := r.PostFormValue("id"); id != "" {
		body["id"] = id
	}
	var made world
	if err := c.api.do(r.Context(), call{method: http.MethodPost, path: "/api/v1/sandboxes", body: body}, &made); err != nil {
		http.Redirect(w, r, "/s/default/connect?failure="+escape(err.Error()), http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, rootOf(made.ID)+"/connect?notice="+escape("The sandbox "+made.ID+" is made."), http.StatusSeeOther)
}

// changeSandbox empties a sandbox or deletes it.
func (c *Console) changeSandbox(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("action") != "delete" {
		err := c.api.do(r.Context(), call{method: http.MethodPost, path: apiPath(r, "/reset")}, nil)
		c.back(w, r, "The sandbox is empty again. Its seed, credentials, clock and scenarios stayed.", err)
		return
	}
	if err := c.api.do(r.Context(), call{method: http.MethodDelete, path: apiPath(r, "")}, nil); err != nil {
		c.back(w, r, "", err)
		return
	}
	http.Redirect(w, r, "/s/default/connect?notice="+escape("The sandbox "+sandboxOf(r)+" is gone."), http.StatusSeeOther)
}
