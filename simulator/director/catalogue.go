package director

import "cardsim/scenarios"

// Catalogue is what scenarios can speak of: what this Director checks them
// against.
func (d *Director) Catalogue() scenarios.Catalogue { return d.catalogue }
