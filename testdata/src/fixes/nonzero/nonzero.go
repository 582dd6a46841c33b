package nonzero

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"

	"fixes/sdk"
)

func Positive(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return fmt.Errorf("create: %s (code %d)", s.Message, s.Code)
	}
	return nil
}

func FromOne(c Client) (string, error) {
	s, err := c.Send("CreateListener")
	if err != nil {
		return "", err
	}
	if s.Code >= 1 { // want "result-nonzero-success"
		return "", errFailed
	}
	return s.RequestID, nil
}

func NotPositive(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code <= 0 { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func BelowOne(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code < 1 { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func Negative(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code < 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func NotNegative(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > -1 { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func ConstantFirst(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if 0 < s.Code { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func NotTotal(c Client) error {
	s, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if s.Code != 5100 { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}

func Total(c Client) error {
	s, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func TotalFirst(c Client) error {
	s, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if 5100 == s.Code { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func Pointer(b []byte) error {
	var s PtrResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == nil || *s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func Float(b []byte) error {
	var s FloatResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code >= 1.0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// As text, 0 is "0".
func Number(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == "5100" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The code is a float64 once it is asserted.
func Asserted(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if code, ok := s.Code.(float64); !ok || code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The constant for 0 stays.
func NamedZero(b []byte) error {
	var s NamedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > Success { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func NamedTotal(b []byte) error {
	var s NamedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == AllFailed { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// What makes the error of the code is called with other codes too.
func Constructed(c Client, toErr func(int, string) error) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return toErr(s.Code, s.Message)
	}
	return nil
}

func Copied(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	code := s.Code
	if code > 0 { // want "result-nonzero-success"
		return fmt.Errorf("create: code %d", code)
	}
	return nil
}

func Converted(b []byte) error {
	var s NamedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if int64(s.Code) > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The variable carries the comparison.
func Carried(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	failed := s.Code > 0 // want "result-nonzero-success"
	log.Printf("create listener: failed=%t", failed)
	if failed {
		return errFailed
	}
	return nil
}

func Negated(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if !(s.Code <= 0) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func Tagless(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	switch {
	case s.Code > 0: // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The failing side has no result to say so, but it is for failures alone.
func Handler(c Client) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		s, err := c.Send("CreateListener")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		if s.Code > 0 { // want "result-nonzero-success"
			http.Error(w, s.Message, http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func Bool(c Client) bool {
	s, err := c.Send("CreateListener")
	if err != nil {
		return false
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return false
	}
	return true
}

func Panics(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		panic(s.Message)
	}
	return nil
}

func Exits(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		log.Fatal(s.Message)
	}
	return nil
}

// Err gives the verdict of all callers.
func (s *Result) Err() error {
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Two results of one type have one comparison each.
func Two(c Client) error {
	created, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if created.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	deleted, err := c.Send("DeleteListener")
	if err != nil {
		return err
	}
	if deleted.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

func Entries(c Client, ids []string) ([]string, error) {
	r, err := c.SendBatch("DeleteListeners", ids)
	if err != nil {
		return nil, err
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code > 0 { // want "result-nonzero-success"
			failed = append(failed, id)
		}
	}
	return failed, nil
}

func EntryTotal(c Client, ids []string) error {
	r, err := c.SendBatch("DeleteListeners", ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("delete %s: %s", id, e.Message)
		}
	}
	return nil
}

// The package is needed for its types too.
func Foreign(b []byte) error {
	var s sdk.Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != sdk.AllFailed { // want "result-nonzero-success"
		return nil
	}
	return errFailed
}
