package admin

import "net/http"

// holderRoutes are the cardholder's side: messages and challenges.
func (a *API) holderRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: inSandbox + "/messages", ID: "listMessages", Tag: tagHolders,
			Summary: "The outbox, newest first: one-time passwords and notifications.",
			Query:   messageParameters(),
			Answer:  List[Message]{}, serve: a.world(a.listMessages),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/challenges", ID: "listChallenges", Tag: tagHolders,
			Summary: "The challenges, newest first; a finished one stays with its result.",
			Query:   filters("card", "flow", "status"), Answer: List[Challenge]{}, serve: a.world(a.listChallenges),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/challenges/{id}", ID: "actOnChallenge", Tag: tagHolders,
			Summary: "Acts as the cardholder without a browser. Once the challenge has ended, the answer holds the form that the browser would post to the merchant.",
			Body:    ChallengeAction{}, Answer: Acted{}, serve: a.world(a.actOnChallenge),
		},
	}
}
