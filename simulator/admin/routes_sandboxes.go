package admin

import (
	"net/http"

	"cardsim/simulator/worlds"
)

// sandboxRoutes are about sandboxes themselves, their clocks and switches.
func (a *API) sandboxRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: "/api/v1/sandboxes", ID: "listSandboxes", Tag: tagSandboxes,
			Summary: "The sandboxes, newest first.", Query: wholePages(), Answer: List[Sandbox]{}, serve: a.handle(a.listSandboxes),
		}, {
			Method: http.MethodPost, Path: "/api/v1/sandboxes", ID: "createSandbox", Tag: tagSandboxes,
			Summary: "Makes a sandbox with credentials of its own for all four providers.",
			Body:    NewSandbox{}, BodyOptional: true, Status: http.StatusCreated, Answer: Sandbox{}, serve: a.createSandbox,
		}, {
			Method: http.MethodGet, Path: inSandbox, ID: "getSandbox", Tag: tagSandboxes,
			Summary: "One sandbox with its credentials.", Answer: Sandbox{}, serve: a.world(a.getSandbox),
		}, {
			Method: http.MethodDelete, Path: inSandbox, ID: "deleteSandbox", Tag: tagSandboxes,
			Summary: "Ends a sandbox and forgets everything in it.", Status: http.StatusNoContent, serve: a.deleteSandbox,
		}, {
			Method: http.MethodPost, Path: inSandbox + "/reset", ID: "resetSandbox", Tag: tagSandboxes,
			Summary: "Empties a sandbox: seed, credentials, settings, clock, scenarios and given cards stay, counters start again.",
			Answer:  Sandbox{}, serve: a.world(a.reset),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/export", ID: "exportSandbox", Tag: tagSandboxes,
			Summary: "The sandbox as one portable file, credentials included, without its journal.", Answer: worlds.File{}, serve: a.export,
		}, {
			Method: http.MethodPut, Path: inSandbox + "/import", ID: "importSandbox", Tag: tagSandboxes,
			Summary: "Replaces what is in the sandbox by a portable file, or makes the sandbox; all or nothing.",
			Body:    worlds.File{}, Status: http.StatusNoContent, serve: a.importSandbox,
		}, {
			Method: http.MethodGet, Path: inSandbox + "/keys/cardtokens", ID: "cardtokensKey", Tag: tagSandboxes,
			Summary: "The RSA public key that enccard is encrypted with, as PEM.",
			Query:   []Parameter{{Name: "format", Summary: "form of the key, spki unless given", Enum: []string{"spki", "pkcs1"}}},
			Answer:  "", AnswerMedia: pemMedia, serve: a.publicKey,
		}, {
			Method: http.MethodGet, Path: inSandbox + "/clock", ID: "getClock", Tag: tagClock,
			Summary: "The sandbox's clock.", Answer: Clock{}, serve: a.world(a.getClock),
		}, {
			Method: http.MethodPut, Path: inSandbox + "/clock", ID: "setClock", Tag: tagClock,
			Summary: "Freezes the clock at an instant, its own now when none is given, or lets it run; what became due happens once, in order.",
			Body:    ClockChange{}, Answer: ClockMoved{}, serve: a.world(a.putClock),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/clock/advance", ID: "advanceClock", Tag: tagClock,
			Summary: "Moves a frozen clock on; what became due happens once, in order.",
			Body:    ClockAdvance{}, Answer: ClockMoved{}, serve: a.world(a.advance),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/settings", ID: "getSettings", Tag: tagClock,
			Summary: "Every switch with its value, default and source.", Answer: Settings{}, serve: a.world(a.getSettings),
		}, {
			Method: http.MethodPatch, Path: inSandbox + "/settings", ID: "changeSettings", Tag: tagClock,
			Summary: "Changes the given switches, all or none.", Body: SettingsPatch{}, Answer: Settings{}, serve: a.world(a.patchSettings),
		},
	}
}
