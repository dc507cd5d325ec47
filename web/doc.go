// Package web owns what people see in a browser: templates, static files, and
// the view structs that fill them. A view holds finished words, no money, clocks
// or cards; whoever shows a page decides what it says, this package how it looks.
//
// Pages are plain HTML that works without JavaScript and inside a frame. They
// load nothing from outside, hold no inline script, and escape every value. The
// package imports nothing of the simulator, reads no request and writes none.
package web
