package entries

import (
	"encoding/json"
	"errors"
)

// Literals of different variables have nothing to do with each other: that another
// one tells zero apart excuses none.
var knowsOne = func(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	for _, e := range r.Detail {
		if e.Code == 5100 { // want `result-nonzero-success`
			return errors.New("failed")
		}
	}
	return nil
}

var knowsAll = func(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return errors.New("failed")
	}
	for _, e := range r.Detail {
		if e.Code != 0 { // silent: zero alone passes
			return errors.New("failed")
		}
	}
	return nil
}
