package nonzero

import (
	"encoding/json"
	"log"
	"time"
)

// No fix: the error is that of one particular failure.
func Particular(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code == 4100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: codes from 1000 on may be meant to be of another kind than others.
func Range(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code >= 1000 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: there are two comparisons, and either may be the wrong one.
func TwoComparisons(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code == 4400 {
		time.Sleep(time.Second)
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: the other comparison is of a copy.
func ComparedCopy(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	var code = s.Code
	t := s
	if code == 4400 {
		time.Sleep(time.Second)
	}
	if t.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: the other comparison is a switch.
func Switched(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	switch s.Code {
	case 4400:
		time.Sleep(time.Second)
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: a case list has no operator.
func Cases(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	switch s.Code { // want "result-nonzero-success"
	case 5100:
		return errFailed
	}
	return nil
}

// No fix: with another message, failures would still pass.
func Mixed(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 && s.Message != "" { // want "result-nonzero-success"
		return errFailed
	}
	return nil // want "result-failure-dropped"
}

// No fix: neither side fails.
func Logged(c Client) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		log.Print(s.Message)
	}
	return nil
}

// No fix: of what type the any is depends on the decoder.
func AnyCode(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code == float64(5100) { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: as strings, numbers are in another order.
func NumberOrder(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > "0" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: the symbolic name is compared.
func Described(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.CodeDesc == "AuthFailure" { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: other negative codes would be asked for again and again.
func Retried(c Client) (string, error) {
	for {
		s, err := c.Send("CreateListener")
		if err != nil {
			return "", err
		}
		if s.Code > 0 { // want "result-nonzero-success"
			time.Sleep(time.Second)
			continue
		}
		return s.RequestID, nil
	}
}

// No fix: the variable has the code of one result or the other.
func Either(c Client, again bool) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	code := s.Code
	if again {
		t, err := c.Send("CreateListener")
		if err != nil {
			return err
		}
		code = t.Code
	}
	if code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// No fix: the failing side returns what may be nil.
func MaybeNil(c Client, last error) error {
	s, err := c.Send("CreateListener")
	if err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return last
	}
	return nil
}

// No fix: "busy" is the word for one failure.
func State(c Client) string {
	s, err := c.Send("CreateListener")
	if err != nil {
		return "unreachable"
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return "busy"
	}
	return "created"
}

// No fix: a batch has more than one kind of failure.
func BatchCode(c Client, ids []string) error {
	r, err := c.SendBatch("DeleteListeners", ids)
	if err != nil {
		return err
	}
	for _, e := range r.Detail {
		if e.Code != 0 {
			return errFailed
		}
	}
	if r.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}
