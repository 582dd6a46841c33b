package app

import (
	"encoding/json"

	"sdk"
)

// ---- a probe shares the member that is the code, whatever the API calls its own ----

// Silent: the head's code says nothing of the status, which is looked at.
func headAndStatus(b []byte) (map[string]*sdk.Item, error) {
	var h sdk.Head
	if err := json.Unmarshal(b, &h); err != nil {
		return nil, err
	}
	if h.Code != 0 {
		return nil, errFailed
	}
	var a sdk.Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, err
	}
	if a.Status != 200 {
		return a.Items, errFailed
	}
	return nil, nil
}

// Silent: the probe has read the very status, and lets nothing but success through.
func statusProbed(b []byte) error {
	var s sdk.Status
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Status != 200 && s.Status != 207 {
		return errFailed
	}
	var a sdk.Answer
	if err := json.Unmarshal(b, &a); err != nil {
		return err
	}
	for _, item := range a.Items {
		if item.Code != 200 {
			return errFailed
		}
	}
	return nil
}

// The probe rejects 207, and the detail is decoded for successes alone.
func statusProbedAway(b []byte) error {
	var s sdk.Status
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Status != 200 { // want `batch-partial-as-failure: nobody learns which resources failed: s.Status may be 207 at`
		return errFailed
	}
	var a sdk.Answer
	return json.Unmarshal(b, &a)
}

// Silent: a function that looks at the head's code knows nothing of the status.
func checkedByHead(b []byte) (map[string]*sdk.Item, error) {
	var a sdk.Answer
	if err := sdk.Checked(b, &a); err != nil {
		return nil, err
	}
	if a.Status != 200 && a.Status != 207 {
		return nil, errFailed
	}
	return a.Items, nil
}

// Silent: whoever looks at the head may know what is in the rest.
func checkedByHeadAlone(b []byte) error {
	var a sdk.Answer
	return sdk.Checked(b, &a)
}

// Silent: somebody looks at the status who doesn't know what is behind it.
func checkedByStatus(b []byte) error {
	var a sdk.Answer
	if err := sdk.CheckedStatus(b, &a); err != nil {
		return err
	}
	for _, item := range a.Items {
		if item.Code != 200 {
			return errFailed
		}
	}
	return nil
}

// ---- values ----

// Silent: 0 is a failure like any other here, and 1 is success.
func plain(b []byte) error {
	var p sdk.Plain
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 1 && p.Code != 2 {
		return errFailed
	}
	for _, item := range p.Detail {
		if item.Code != 1 {
			return errFailed
		}
	}
	return nil
}

// 5400 is no partial failure here, and 2 is one.
func plainMisread(b []byte) error {
	var p sdk.Plain
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 1 && p.Code != 5400 { // want `batch-partial-as-failure: nobody learns which resources failed: p.Code may be 2 at`
		return errFailed
	}
	for _, item := range p.Detail {
		if item.Code != 1 {
			return errFailed
		}
	}
	return nil
}

// A function that lets 0 alone through lets no success through, and rejects 2.
func plainChecked(b []byte) error {
	var p sdk.Plain
	return sdk.Checked(b, &p) // want `batch-detail-unreachable`
}

// Silent: an entry that is absent has the code 0, which is no success here.
func plainLookup(b []byte, id string) error {
	var p sdk.Plain
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 1 && p.Code != 2 {
		return errFailed
	}
	if p.Detail[id].Code != 1 {
		return errFailed
	}
	return nil
}

// An entry that is absent passes.
func plainLookupMissing(b []byte, id string) error {
	var p sdk.Plain
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Code != 1 && p.Code != 2 {
		return errFailed
	}
	if item, ok := p.Detail[id]; ok && item.Code != 1 { // want `batch-entry-missing`
		return errFailed
	}
	return nil
}
