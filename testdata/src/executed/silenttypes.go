package executed

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
)

// Silent: an array is looked at by index, at every place that it has.
func array(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		if r.Detail[i].Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: likewise by a copy of each element.
func arrayCopies(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		e := r.Detail[i]
		if e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// Silent: likewise by a pointer to it.
func arrayPointers(b []byte) error {
	var r Three
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for i := range r.Detail {
		if e := &r.Detail[i]; e.Code != 0 {
			return errFailed
		}
	}
	return nil
}

// A view is what a person is shown.
type view struct {
	State, Reason string
	Failed        bool
}

// Silent: the view says that it failed, and why.
func viewed(b []byte) (*view, error) {
	s, err := result(b)
	if err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return &view{Reason: s.Message}, nil
	}
	return &view{State: "ok"}, nil
}

// Silent: likewise in a named result.
func viewedIn(b []byte) (v view, err error) {
	s, err := result(b)
	if err != nil {
		return v, err
	}
	if s.Code != 0 {
		v.Failed = true
		return v, nil
	}
	return v, nil
}

// Silent: an accessor of two members.
func (e Item) parts() (string, int) { return e.Message, e.Code }

// Silent: each entry's code is the second of them.
func twoMembers(b []byte) error {
	r, err := batch(b)
	if err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for id, e := range r.Detail {
		if text, code := e.parts(); code != 0 {
			return fmt.Errorf("%s: %s", id, text)
		}
	}
	return nil
}

// Named says by a word how a resource fared.
type Named struct {
	Code     int    `json:"code"`
	CodeDesc string `json:"codeDesc"`
}

// NamedBatch has such entries.
type NamedBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Named `json:"detail"`
}

// Silent: the word is as good as the code.
func words(b []byte) error {
	var r NamedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if refused(r.Code) {
		return errRefused
	}
	for id, e := range r.Detail {
		if e.CodeDesc != "Success" {
			return fmt.Errorf("%s: %s", id, e.CodeDesc)
		}
	}
	return nil
}

// Strict is decoded by a method that looks at its code.
type Strict struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: decoding into memory that the caller owns hands on.
func (s *Strict) UnmarshalJSON(b []byte) error {
	type plain Strict
	if err := json.Unmarshal(b, (*plain)(s)); err != nil {
		return err
	}
	if s.Code != 0 {
		return errors.New(s.Message)
	}
	return nil
}

// Silent: the decoder's error is the method's.
func decodesItself(b []byte) (string, error) {
	var s Strict
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// PointerBatch has pointers to its entries.
type PointerBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]*Item `json:"detail"`
}

// Silent: a request that was refused has no entry, and this panics.
func derefsEntry(b []byte) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if e := r.Detail["web-1"]; e.Code != 0 {
		return errFailed
	}
	return nil
}

// DescBatch has a symbolic name beside its own code.
type DescBatch struct {
	Code     int             `json:"code"`
	CodeDesc string          `json:"codeDesc"`
	Detail   map[string]Item `json:"detail"`
}

// gone names a failure by its symbolic name.
func (r *DescBatch) gone() bool { return r.CodeDesc == "NotFound" }

// Silent: a failure that a helper names is tolerated as one that is named here.
func goneIsFine(b []byte) error {
	var r DescBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.gone() {
		return nil
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	if refused(r.Code) {
		return errRefused
	}
	return nil
}

// PointedBatch has a pointer to its entries.
type PointedBatch struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  *map[string]Item `json:"detail"`
}

// Silent: the pointer was followed, so it isn't nil any more.
func followsDetail(b []byte) error {
	var r PointedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	for _, e := range *r.Detail {
		keep(e.Code)
	}
	if r.Code != 0 {
		if r.Detail == nil {
			return nil
		}
	}
	return errFailed
}

// Silent: who has asked about the code with a nil detail panics in the next line.
func followsNil(b []byte, id string) {
	var r PointedBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return
	}
	if r.Detail == nil {
		if r.Code == 7001 {
			log.Print("gone")
		}
	}
	if _, ok := (*r.Detail)[id]; ok {
		log.Print(id)
	}
}

// Silent: where there is no entry, this panics at its code.
func followsMissing(b []byte, id string) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if e, ok := r.Detail[id]; ok || e.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: what a missing entry is read as has code zero, so the branch is never taken.
func zeroOfMissing(b []byte, id string) (*Batch, error) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 && r.Code != 7001 && r.Code > 0 {
		return &r, errFailed
	}
	if e, ok := r.Detail[id]; !ok && e.Code != 0 {
		return nil, nil
	}
	return &r, nil
}
