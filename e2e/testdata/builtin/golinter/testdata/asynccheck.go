//golangcitest:args -Easynccheck
package testdata

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

type asynccheckResult struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

type asynccheckBatch struct {
	Code    int                         `json:"code"`
	Message string                      `json:"message"`
	Detail  map[string]asynccheckResult `json:"detail"`
}

func asynccheckCreated(resp *http.Response) (task string, err error) {
	var r asynccheckResult
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	if r.Code > 0 { // want `a failed request is treated as done: r\.Code may be .* \(result-nonzero-success\)`
		return "", errors.New(r.Message)
	}
	return r.RequestID, nil
}

func asynccheckStopped(resp *http.Response) error {
	var r asynccheckBatch
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code == 5100 { // want `failed resources are treated as done: r\.Code may be 5400 .* \(batch-partial-as-success\)`
		return errors.New(r.Message)
	}
	return nil
}

// Fine: the code is judged, and each failed server is named.
func asynccheckNamed(resp *http.Response) error {
	var r asynccheckBatch
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	err := errors.New(r.Message)
	for name, server := range r.Detail {
		if server.Code != 0 {
			err = errors.Join(err, fmt.Errorf("%s: %s", name, server.Message))
		}
	}
	return err
}
