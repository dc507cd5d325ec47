package emv

// WindowSize is the size of the frame that the merchant's page shows the
// challenge in (challengeWindowSize).
type WindowSize string

// The window sizes of reference cipher-acs.md B4.1 (documented).
const (
	Window250x400    WindowSize = "01"
	Window390x400    WindowSize = "02"
	Window500x600    WindowSize = "03"
	Window600x400    WindowSize = "04"
	WindowFullScreen WindowSize = "05"
)

// Pixels is the width and height of the frame; both are 0 for the full screen
// and for a value that is not defined.
func (s WindowSize) Pixels() (width, height int) {
	switch s {
	case Window250x400:
		return 250, 400
	case Window390x400:
		return 390, 400
	case Window500x600:
		return 500, 600
	case Window600x400:
		return 600, 400
	default:
		return 0, 0
	}
}

// Valid says that the value is one of the five.
func (s WindowSize) Valid() bool {
	width, _ := s.Pixels()
	return width > 0 || s == WindowFullScreen
}
