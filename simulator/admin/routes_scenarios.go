package admin

import "net/http"

// scenarioRoutes are about what steers the answers.
func (a *API) scenarioRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: inSandbox + "/scenarios", ID: "getScenarios", Tag: tagScenarios,
			Summary: "The active scenarios and what became of their rules.", Answer: Scenarios{}, serve: a.world(a.getScenarios),
		}, {
			Method: http.MethodPut, Path: inSandbox + "/scenarios", ID: "useScenarios", Tag: tagScenarios,
			Summary: "Replaces the active scenarios, all or none: YAML, or the names of shipped ones. An empty body clears them.",
			Body:    ScenarioNames{}, BodyText: yamlMedia, BodyOptional: true, Answer: Scenarios{}, serve: a.world(a.putScenarios),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/scenarios/check", ID: "checkScenarios", Tag: tagScenarios,
			Summary: "Judges scenarios as PUT does and changes nothing.", BodyText: yamlMedia, Answer: ScenarioCheck{}, serve: a.world(a.checkScenarios),
		}, {
			Method: http.MethodGet, Path: "/api/v1/scenarios", ID: "listShippedScenarios", Tag: tagScenarios,
			Summary: "The scenarios that come with the program.", Answer: List[ShippedScenario]{}, serve: a.handle(a.listLibrary),
		}, {
			Method: http.MethodGet, Path: "/api/v1/scenarios/{name}", ID: "getShippedScenario", Tag: tagScenarios,
			Summary: "A shipped scenario with its text.", Answer: ShippedScenario{}, serve: a.handle(a.getShipped),
		}, {
			Method: http.MethodGet, Path: "/api/v1/outcomes", ID: "listOutcomes", Tag: tagScenarios,
			Summary: "What a scenario can make each operation answer.", Answer: List[OperationOutcomes]{}, serve: a.handle(a.listOutcomes),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/cards", ID: "listCards", Tag: tagScenarios,
			Summary: "The sandbox's cards and how they behave; published test cards in clear, others masked.",
			Query: []Parameter{
				{Name: "card", Summary: "last four digits"}, {Name: "brand", Summary: "visa, mastercard and so on"},
				{Name: "source", Summary: "who made it a test card", Enum: []string{"catalogue", "fixture", "scenario", "api"}},
			},
			Answer: List[Card]{}, serve: a.world(a.listCards),
		}, {
			Method: http.MethodPut, Path: inSandbox + "/cards", ID: "giveCards", Tag: tagScenarios,
			Summary: "Says how cards behave, in place of what was given before. Where an active scenario speaks of the same card, the scenario wins.",
			Body:    GivenCards{}, BodyText: yamlMedia, Answer: List[Card]{}, serve: a.world(a.putCards),
		},
	}
}
