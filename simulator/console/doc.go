// Package console is the admin listener's pages for people: what the admin API
// says, drawn.
//
// It owns paths, words and the way from the API's JSON to a page. It knows the
// simulator by its admin API alone, asked in this process, so that a page cannot
// show or do what a script could not. How a page looks is package web's.
package console
