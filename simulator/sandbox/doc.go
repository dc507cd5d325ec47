// Package sandbox owns which world a credential belongs to, and what a world
// is: its clock, its draws (seed to ids), its merchants, tenants, cards and
// settings. It never knows how a provider spells a credential on the wire, and
// keeps no business state: that is in the store, under the world's id.
package sandbox
