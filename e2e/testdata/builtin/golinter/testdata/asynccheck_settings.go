//golangcitest:args -Easynccheck
//golangcitest:config_path testdata/asynccheck_settings.yml
package testdata

import (
	"encoding/json"
	"errors"
)

type asynccheckTask struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// The settings leave result-nonzero-success out.
func asynccheckCreated(r *asynccheckTask) error {
	if r.Code > 0 {
		return errors.New(r.Message)
	}
	return nil
}

func asynccheckDeleted(answer []byte) error {
	var r asynccheckTask
	if err := json.Unmarshal(answer, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil // want `the failure is dropped: r\.Code is not 0 .* \(result-failure-dropped\)`
	}
	return asynccheckWait(r.RequestID)
}

func asynccheckWait(task string) error { return errors.New("not yet: " + task) }

// The settings say which members this response has, and that 1 means success.
type asynccheckAnswer struct {
	State   int `json:"state"`
	Results map[string]struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"results"`
}

func asynccheckStopped(r *asynccheckAnswer) error {
	if r.State != 1 { // want `nobody learns which resources failed: r\.State may be 2 .* \(batch-partial-as-failure\)`
		return errors.New("not stopped")
	}
	return nil
}
