package openapitest

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"cardsim/simulator/admin"
)

// object is a JSON object; its members are written in the order of their names.
type object map[string]any

// Document is the OpenAPI document of routes, as JSON with two blanks of indent.
// root is the folder of the module, where the sources are.
func Document(routes []admin.Route, root string) ([]byte, error) {
	s := newSchemas(root)
	paths, tags := map[string]object{}, []object{}
	for _, r := range routes { // answers first: what is answered, too, is not closed
		s.responses(r)
	}
	for _, r := range routes {
		if !slices.ContainsFunc(tags, func(t object) bool { return t["name"] == r.Tag }) {
			tags = append(tags, object{"name": r.Tag})
		}
		if paths[r.Path] == nil {
			paths[r.Path] = object{}
		}
		paths[r.Path][strings.ToLower(r.Method)] = s.operation(r)
	}
	problem := s.of(admin.Problem{})
	document := object{
		"openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
		"info": object{
			"title": "cardsim admin API", "version": "1",
			"description": "Everything about a running cardsim: sandboxes, clock, journal, scenarios, outbox, challenges, and what exists. Version 1 only grows: clients pass over members that they do not know.",
		},
		"servers": []object{{"url": "/", "description": "The admin listener, 127.0.0.1:7711 unless told otherwise."}},
		"tags":    tags, "paths": paths,
		"components": object{
			"schemas":         s.components,
			"responses":       object{"Problem": object{"description": "Why not, as a problem of RFC 9457.", "content": content("application/problem+json", problem)}},
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer", "description": "The token of --admin-token; none is asked for without it."}},
		},
	}
	if s.failed != nil {
		return nil, s.failed
	}
	text, err := json.MarshalIndent(document, "", "  ")
	return append(text, '\n'), err
}

func content(media string, schema any) object { return object{media: object{"schema": schema}} }

// operation describes one route.
func (s *schemas) operation(r admin.Route) object {
	op := object{"operationId": r.ID, "tags": []string{r.Tag}, "summary": r.Summary, "responses": s.responses(r)}
	if !r.Open {
		op["security"] = []object{{"token": []string{}}, {}} // the second: where no token is set
	}
	if list := parameters(r); len(list) > 0 {
		op["parameters"] = list
	}
	if r.Body == nil && r.BodyText == "" {
		return op
	}
	media := object{}
	if r.Body != nil {
		media["application/json"] = object{"schema": s.bodyOf(r.Body)}
	}
	if r.BodyText != "" {
		media[r.BodyText] = object{"schema": object{"type": "string"}}
	}
	op["requestBody"] = object{"required": !r.BodyOptional, "content": media}
	return op
}

func (s *schemas) responses(r admin.Route) object {
	status := max(r.Status, http.StatusOK)
	good := object{"description": http.StatusText(status)}
	switch {
	case r.AnswerMedia != "" && r.Answer == "":
		good["content"] = content(r.AnswerMedia, object{"type": "string"})
	case r.AnswerMedia != "": // a stream of such
		good["content"] = content(r.AnswerMedia, object{"type": "string", "contentMediaType": "application/json", "contentSchema": s.of(r.Answer)})
	case r.Answer != nil:
		good["content"] = content("application/json", s.of(r.Answer))
	}
	list := object{strconv.Itoa(status): good, "default": object{"$ref": "#/components/responses/Problem"}}
	for also, answer := range r.Also {
		list[strconv.Itoa(also)] = object{"description": http.StatusText(also), "content": content(mediaOf(answer), s.of(answer))}
	}
	return list
}

// mediaOf tells problem documents, which are errors in Go, from others.
func mediaOf(answer any) string {
	if _, isProblem := reflect.New(reflect.TypeOf(answer)).Interface().(error); isProblem {
		return "application/problem+json"
	}
	return "application/json"
}

// pathName finds the names in a path.
var pathName = regexp.MustCompile(`\{([a-z]+)\}`)

// named says what the names in paths mean.
var named = map[string]string{"sandbox": "id of a sandbox; default exists always", "id": "id of the thing, as lists show it", "name": "name of a shipped scenario"}

func parameters(r admin.Route) []object {
	var list []object
	for _, found := range pathName.FindAllStringSubmatch(r.Path, -1) {
		list = append(list, object{"name": found[1], "in": "path", "required": true, "description": named[found[1]], "schema": object{"type": "string"}})
	}
	for _, p := range r.Query {
		schema := object{"type": "string"}
		switch {
		case p.Type == "date-time":
			schema["format"] = p.Type
		case p.Type != "":
			schema["type"] = p.Type
		}
		if len(p.Enum) > 0 {
			schema["enum"] = p.Enum
		}
		list = append(list, object{"name": p.Name, "in": "query", "description": p.Summary, "schema": schema})
	}
	return list
}
