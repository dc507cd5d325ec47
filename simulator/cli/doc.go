// Package cli owns the command line: verbs, flags and their environment twins,
// exit codes, and what is printed where (results to stdout, everything else to
// stderr). It decides nothing about payments: verbs start a simulator or are
// thin clients of its HTTP interfaces.
package cli
