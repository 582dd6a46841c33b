// Package jsonapi has JSON in its name, and is no decoder's.
package jsonapi

// Number is the number of a room, such as "12b".
type Number string
