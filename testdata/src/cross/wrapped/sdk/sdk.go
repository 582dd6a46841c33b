// Package sdk has answers around what others declare.
package sdk

// Envelope is an answer with any data.
type Envelope[T any] struct {
	Code    int
	Message string
	Data    *T
}

// Page is what comes with a code.
type Page[T any] struct {
	Total int
	Data  T
}
