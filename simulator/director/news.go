package director

// News is that what steers a sandbox has changed, or was to change.
type News struct {
	Sandbox string
	// Cards says that it is how cards behave by Give, and not the scenarios.
	Cards bool
	// Problem says why a changed file was refused; empty otherwise.
	Problem string
}

// Tell names who is told of news, once it is in force. It is called before anything
// else is. fn must be quick and call nothing of the director.
func (d *Director) Tell(fn func(News)) { d.told = fn }

func (d *Director) tell(n News) {
	if d.told != nil {
		d.told(n)
	}
}
