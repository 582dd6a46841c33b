// Package dep has an interface that a response of another package has the methods of.
package dep

type Answer interface{ OK() bool }
