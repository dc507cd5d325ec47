package events

import "cardsim/simulator/journal"

// Entry tells of a request that was received, or has been answered. The entry is as
// lists have it.
func (h *Hub) Entry(e journal.Entry, received bool) {
	action := Changed
	if received {
		action = Created
	}
	if e.Warnings == nil {
		e.Warnings = []string{} // as lists have it
	}
	h.Publish(Event{Sandbox: e.Sandbox, Kind: Request, ID: e.ID, Action: action, Flow: e.Flow, State: string(e.State), Entry: &e})
}

// Cleared tells of a journal that was emptied.
func (h *Hub) Cleared(sandbox string) {
	h.Publish(Event{Sandbox: sandbox, Kind: Journal, Action: Cleared})
}
