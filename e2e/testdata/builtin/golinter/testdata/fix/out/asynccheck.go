//golangcitest:args -Easynccheck
//golangcitest:expected_exitcode 0
package testdata

import (
	"encoding/json"
	"errors"
)

type asynccheckResult struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func asynccheckCreated(answer []byte) (task string, err error) {
	var r asynccheckResult
	if err := json.Unmarshal(answer, &r); err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", errors.New(r.Message)
	}
	return r.RequestID, nil
}
