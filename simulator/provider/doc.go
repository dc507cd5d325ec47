// Package provider owns what a provider is and the pipeline that every request
// of every provider walks, the same steps in the same order:
//
//	receive → envelope → identify sandbox → check credentials → (guard) → decode once → (guard) →
//	plan → (before-validation) → validate → (after-validation) → run in one
//	store transaction → (after-commit) → encode → journal complete →
//	(mid-body) → write once → (after-answer)
//
// A provider supplies its paths, its envelope, its credentials, its operations
// and its error document; it cannot skip a step. Package provider never knows
// any provider's field, code or path, and never writes an error document.
package provider
