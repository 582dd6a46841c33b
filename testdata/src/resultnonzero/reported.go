package resultnonzero

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
)

// Only one way to fail is known here; with any other code there is no
// certificate, and no error.
func UploadCertificate(c Client) error {
	s, err := c.Send("UploadCert")
	if err != nil {
		return err
	}
	if s.Code == 4100 { // want "result-nonzero-success"
		return fmt.Errorf("upload certificate: %s", s.Message)
	}
	return nil
}

// What is not a total failure passes: 4400 leaves no certificate either.
func DeleteCertificate(c Client) error {
	s, err := c.Send("DeleteCert")
	if err != nil {
		return err
	}
	if s.Code != 5100 { // want "result-nonzero-success"
		return nil
	}
	return fmt.Errorf("delete certificate: %s", s.Message)
}

// Positive codes pass: they are the API's failures.
func RenameCertificate(c Client) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if s.Code < 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// From 1000 on it is a failure; the older API's codes from 1 to 999 pass.
func ReplaceCertificate(c Client) (string, error) {
	s, err := c.Send("ReplaceCert")
	if err != nil {
		return "", err
	}
	if s.Code >= 1000 { // want "result-nonzero-success"
		return "", fmt.Errorf("replace certificate: %s", s.Message)
	}
	return s.RequestID, nil
}

// The task of a refused call is queued: nobody will ever see it end.
func QueueListener(b []byte, tasks chan<- string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == 4100 || s.Code == 4200 { // want "result-nonzero-success"
		return errFailed
	}
	tasks <- s.RequestID
	return nil
}

// The tagless switch has one case for failures, and lets negative codes pass.
func CreateListener(c Client) error {
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

// The named code has one named failure; the rest pass.
func CreateNamed(b []byte) error {
	var s NamedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == AuthFail { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Through the pointer negative codes pass as well.
func CreatePointer(b []byte) error {
	var s PtrResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == nil || *s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// As a float the code is no better checked.
func CreateFloat(b []byte) error {
	var s FloatResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// As text the code is compared with one failure alone.
func CreateNumber(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == "4100" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The asserted code lets negative values pass.
func CreateAny(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if code, ok := s.Code.(float64); !ok || code > 0 { // want "result-nonzero-success"
		return fmt.Errorf("create: %s", s.CodeDesc)
	}
	return nil
}

// One symbolic name is a failure, the others pass.
func CreateDescribed(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.CodeDesc == "AuthFailure" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// 204 for negative codes: the browser believes in a listener.
func ListenerHandler(c Client) http.HandlerFunc {
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

// "created" is said of calls that were refused with anything but 4400.
func ListenerState(c Client) string {
	s, err := c.Send("CreateListener")
	if err != nil {
		return "unreachable"
	}
	if s.Code == 4400 { // want "result-nonzero-success"
		return "busy"
	}
	return "created"
}

// True is the answer for every code that is not positive.
func ListenerCreated(c Client) bool {
	s, err := c.Send("CreateListener")
	if err != nil {
		return false
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return false
	}
	return true
}

// Verdict is a helper with an error result: all of its callers let negative
// codes pass.
func Verdict(s *Result) error {
	if s.Code > 0 { // want "result-nonzero-success"
		return fmt.Errorf("%s (code %d)", s.Message, s.Code)
	}
	return nil
}

// Err is the same as a method.
func (s NamedResult) Err() error {
	if s.Code == AuthFail { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// Note is a helper without a result: at its end 0 and thousands of failures
// are the same to it.
func Note(s *Result, warn func(string)) {
	if s.Code == 4400 { // want "result-nonzero-success"
		warn("too many tasks")
	}
}

// The batch's own failure value is named as success: no listener was deleted.
func DeleteListeners(c Client, ids []string) error {
	r, err := c.SendBatch("DeleteListeners", ids)
	if err != nil {
		return err
	}
	switch r.Code { // want "result-nonzero-success"
	case 0, 5100:
		return nil
	case 5400:
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("delete listener %s: %s", id, e.Message)
			}
		}
		return nil
	}
	return fmt.Errorf("delete listeners: %s", r.Message)
}

// 5400 is inspected, but a request that was rejected with 4100 passes.
func ModifyListeners(c Client, ids []string) error {
	r, err := c.SendBatch("ModifyListeners", ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 || r.Code == 5400 { // want "result-nonzero-success"
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("modify listener %s: %s", id, e.Message)
			}
		}
		return errFailed
	}
	return nil
}

// The variable carries a comparison that is too narrow.
func ModifyListener(c Client) error {
	s, err := c.Send("ModifyListener")
	if err != nil {
		return err
	}
	failed := s.Code > 0 // want "result-nonzero-success"
	log.Printf("modify listener: failed=%t", failed)
	if failed {
		return errFailed
	}
	return nil
}

// The default case logs the failures and lets them pass together with 0.
func DefaultLogs(c Client) error {
	s, err := c.Send("ModifyListener")
	if err != nil {
		return err
	}
	switch s.Code { // want "result-nonzero-success"
	case 4100, 4200, 4300:
		return errFailed
	default:
		log.Print("modify listener: sent")
	}
	return nil
}
