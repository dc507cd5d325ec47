// Command cardsim stands in for four payment companies at once. Everything it
// does is in cardsim/simulator/cli.
package main

import (
	"os"

	"cardsim/simulator/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.IO{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv}))
}
