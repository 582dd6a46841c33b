// Package internalhost names the API's host inside the cloud, in the middle of
// a literal: that is its type's evidence.
package internalhost

import (
	"encoding/json"
	"errors"
	"fmt"
)

var errFailed = errors.New("call failed")

// Task calls its task ID taskId.
type Task struct {
	Code   int  `json:"code"`
	TaskID *int `json:"taskId"`
}

// Silent: there is no response in sight.
func url(module string) string {
	return fmt.Sprintf("https://%s.api.tencentyun.com/v2/index.php", module)
}

// The host is evidence: negative codes pass.
func Create(get func(string) ([]byte, error)) error {
	b, err := get(url("lb"))
	if err != nil {
		return err
	}
	var s Task
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Silent: an unknown callee with an error result supplied the bytes, so that
// they are not raw.
func CreateTrusting(get func(string) ([]byte, error)) (*int, error) {
	b, err := get(url("lb"))
	if err != nil {
		return nil, err
	}
	var s Task
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	return s.TaskID, nil
}
