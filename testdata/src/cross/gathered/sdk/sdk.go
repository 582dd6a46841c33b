// Package sdk lists what has failed in a batch.
package sdk

import "encoding/json"

type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

// Failed lists the entries that failed.
//
// Silent: they are inspected.
func (b *Batch) Failed() []string {
	failed := make([]string, 0, len(b.Detail))
	for id, i := range b.Detail {
		if i.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed
}

// Stop gives its caller what was decoded.
//
// Silent: the response is returned.
func Stop(answer []byte) (*Batch, error) {
	b := new(Batch)
	if err := json.Unmarshal(answer, b); err != nil {
		return nil, err
	}
	return b, nil
}
