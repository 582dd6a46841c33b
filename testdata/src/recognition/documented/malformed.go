package documented

import "encoding/json"

// MalformedBatch has a tag that encoding/json cannot read, so that the field's
// name counts.
type MalformedBatch struct {
	Code   int              `json:retCode`
	Detail map[string]Entry `json:"detail"`
}

// With a malformed tag the field's name is the member's: the failed servers
// are lost.
func Malformed(b []byte) error {
	var r MalformedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}
