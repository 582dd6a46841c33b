package flow

import (
	"encoding/json"
	"fmt"
)

// The opaque detail stays opaque: nobody learns which servers failed.
func StopOpaque(b []byte) error {
	var r OpaqueBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s", r.CodeDesc)
	}
	return nil
}

// Silent: the detail is asserted to a concrete type and used.
func StopOpaqueAsserted(b []byte) error {
	var r OpaqueBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	detail, ok := r.Detail.(map[string]any)
	if !ok {
		return fmt.Errorf("stop: %s", r.CodeDesc)
	}
	for id, v := range detail {
		if e, ok := v.(map[string]any); ok && e["code"] != float64(0) {
			return fmt.Errorf("stop %s: %v", id, e["message"])
		}
	}
	return errRefused
}

// Asking whether there is a detail is a nil check, not a look into it.
func StopOpaqueNilCheck(b []byte) error {
	var r OpaqueBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		if r.Detail == nil {
			return errRefused
		}
		return fmt.Errorf("stop: %s, see the detail", r.CodeDesc)
	}
	return nil
}

// Silent: the raw detail is decoded further.
func StopRaw(b []byte) (map[string]Entry, error) {
	var r RawBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return nil, errRefused
	}
	var detail map[string]Entry
	if err := json.Unmarshal(r.Detail, &detail); err != nil {
		return nil, err
	}
	return detail, nil
}

// The raw detail's text is printed into an error.
func StopRawPrinted(b []byte) error {
	var r RawBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("stop: %s", r.Detail)
	}
	return nil
}

// Silent: comparing codeDesc with "Success" narrows to code 0, and the detail
// goes to the caller otherwise.
func StopByDescription(b []byte) (any, error) {
	var r OpaqueBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.CodeDesc == "Success" {
		return nil, nil
	}
	return r.Detail, fmt.Errorf("stop: %s", r.CodeDesc)
}

// Silent: a type switch is an assertion too, and what it finds is returned;
// the default branch hands the whole response on.
func StopOpaqueSwitch(b []byte) (any, error) {
	var r OpaqueBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code == 0 {
		return nil, nil
	}
	switch d := r.Detail.(type) {
	case map[string]any:
		return d, errRefused
	case []any:
		return d, errRefused
	default:
		return r, errRefused
	}
}
