package app

import (
	"encoding/json"
	"fmt"
)

// A head has no tags, and begins the answers of this package.
type head struct {
	Code    int
	Message string
}

// Silent: by itself, the head is no response.
func (h head) err() error {
	if h.Code != 0 {
		return fmt.Errorf("%s (code %d)", h.Message, h.Code)
	}
	return nil
}

// Silent: likewise, whoever asks for it.
func (h *head) describe() string { return fmt.Sprintf("%d: %s", h.Code, h.err()) }

type reply struct {
	head
	Detail map[string]struct {
		Code int `json:"code"`
	} `json:"detail"`
}

// As if the method were the batch's own.
func resize(b []byte) error {
	var r reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	return r.err() // want "batch-partial-as-failure"
}

// Silent: the entries are looked at.
func resizeEach(b []byte) error {
	var r reply
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5400 {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("%s: %s", id, r.describe())
			}
		}
		return nil
	}
	return r.err()
}
