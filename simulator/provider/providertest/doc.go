// Package providertest is the contract suite that every provider package runs:
// what the pipeline promises must hold whatever company is behind it. It serves
// tests only.
package providertest
