package flow

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The keys are all servers of the call, the stopped ones too.
func StopKeysOnly(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var ids []string
		for id := range r.Detail {
			ids = append(ids, id)
		}
		return fmt.Errorf("stop: %s", strings.Join(ids, ", "))
	}
	return nil
}

// Silent: the range has no value, but the index reads the entry's code.
func StopKeysAndIndex(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		for id := range r.Detail {
			if r.Detail[id].Code != 0 {
				return fmt.Errorf("stop %s: %s", id, r.Detail[id].Message)
			}
		}
		return errRefused
	}
	return nil
}

// An entry's message is optional too: a server that failed without one is
// missing from the text.
func StopMessagesOnly(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var text []string
		for _, e := range r.Detail {
			text = append(text, e.Message)
		}
		return errors.New(strings.Join(text, "; "))
	}
	return nil
}

// Silent: the index of an array's range reads the code of each element.
func StopListIndex(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for i := range r.Detail {
		if r.Detail[i].Code != 0 {
			return fmt.Errorf("stop %s: %s", r.Detail[i].InstanceID, r.Detail[i].Message)
		}
	}
	return errRefused
}

// Silent: a pointer to the element reads its code.
func StopListPointer(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for i := range r.Detail {
		e := &r.Detail[i]
		if e.Code == 0 {
			continue
		}
		return fmt.Errorf("stop %s: %s", e.InstanceID, e.Message)
	}
	return errRefused
}

// The first element decides alone, by its name: no code is read.
func StopFirstName(b []byte) error {
	var r ListBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		if len(r.Detail) == 0 {
			return errRefused
		}
		return fmt.Errorf("stop %s and others", r.Detail[0].InstanceID)
	}
	return nil
}

// Silent: a comma-ok read gets the entry, and its code decides.
func StopOne(b []byte, id string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	e, ok := r.Detail[id]
	if !ok {
		return errRefused
	}
	if e.Code != 0 {
		return fmt.Errorf("stop %s: %s", id, e.Message)
	}
	return nil
}

// The comma-ok read asks whether there is an entry, not how it fared.
func StopIsListed(b []byte, id string) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		if _, ok := r.Detail[id]; ok {
			return fmt.Errorf("stop: %s among others", id)
		}
		return errRefused
	}
	return nil
}

// Silent: an index read hands the entry's code to the caller.
func StopCodeOf(b []byte, id string) (int, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return -1, err
	}
	if r.Code == 5400 {
		return r.Detail[id].Code, nil
	}
	if r.Code != 0 {
		return r.Code, errRefused
	}
	return 0, nil
}

// Silent: the detail is passed to a callee that may do anything with it.
func StopSorted(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(r.Detail)) {
		if e := r.Detail[id]; e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return errRefused
}

// The entry's code is only printed: a text, for no program to read.
func StopPrintsCodes(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var sb strings.Builder
		for id, e := range r.Detail {
			fmt.Fprintf(&sb, "%s: %d\n", id, e.Code)
		}
		return errors.New(sb.String())
	}
	return nil
}

// Silent: known to be empty, the detail has nothing to inspect, and otherwise
// it is handed on.
func StopEmptyDetail(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if len(r.Detail) == 0 {
		return fmt.Errorf("stop: %s", r.Message)
	}
	return &PartialError{Action: "StopInstances", Detail: r.Detail}
}
