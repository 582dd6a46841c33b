// Package imports has one file for each way in which imports are written.
package imports

type entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type answer struct {
	Code   int              `json:"code"`
	Detail map[string]entry `json:"detail"`
}
