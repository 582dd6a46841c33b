package resultnonzero

import (
	"encoding/json"
	"fmt"
	"log"
	"time"
)

// Silent: 0 alone succeeds.
func Upload(c Client) (string, error) {
	s, err := c.Send("UploadCert")
	if err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "", fmt.Errorf("upload: %s", s.Message)
	}
	return s.RequestID, nil
}

// Silent: the values that succeed beside 0 are named.
func DeleteTolerant(c Client) error {
	s, err := c.Send("DeleteCert")
	if err != nil {
		return err
	}
	if s.Code == 0 || s.Code == 7001 || s.Code == 7002 {
		return nil
	}
	return errFailed
}

// Silent: a named constant is a tolerated value.
func DeleteNamed(b []byte) error {
	var s NamedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != Success && s.Code != Gone {
		return errFailed
	}
	return nil
}

// Silent: an unsigned code that is not above 0 is 0.
func CreateUnsigned(b []byte) error {
	var s UnsignedResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Silent: the text of the number is compared with that of 0.
func CreateNumberZero(b []byte) error {
	var s NumberResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != "0" {
		return errFailed
	}
	return nil
}

// Silent: a float code is compared with 0.
func CreateFloatZero(b []byte) error {
	var s FloatResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: "Success" is the one symbolic name that passes.
func CreateDescribedSuccess(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.CodeDesc != "Success" {
		return fmt.Errorf("create: %s", s.CodeDesc)
	}
	return nil
}

// Silent: a symbolic name other than Success is a named value, and tolerated.
func DeleteDescribed(b []byte) error {
	var s AnyResult
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.CodeDesc == "NotFound" {
		return nil
	}
	if s.CodeDesc != "Success" {
		return errFailed
	}
	return nil
}

// Silent: arithmetic hands the code on.
func ClassOf(c Client) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if s.Code/1000 == 4 {
		return errFailed
	}
	return nil
}

// Silent: a map key hands the code on.
func Translate(c Client, texts map[int]string) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if text, ok := texts[s.Code]; ok {
		return fmt.Errorf("modify: %s", text)
	}
	return nil
}

// Silent: a comparison with a variable hands the code on.
func ExpectedCode(c Client, bad int) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if s.Code == bad {
		return errFailed
	}
	return nil
}

// Silent: after the special case the code is handed on.
func SpecialCase(c Client, toErr func(int, string) error) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if s.Code == 4400 {
		time.Sleep(time.Second)
	}
	return toErr(s.Code, s.Message)
}

// Silent: after the special case every other failure is told apart from 0.
func SpecialCases(c Client) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	if s.Code == 4100 {
		return fmt.Errorf("modify: check the key: %s", s.Message)
	}
	if s.Code == 4400 {
		return fmt.Errorf("modify: try later: %s", s.Message)
	}
	if s.Code != 0 {
		return errFailed
	}
	return nil
}

// Silent: the caller gets the code beside nil.
func CodeOf(c Client) (int, error) {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return 0, err
	}
	if s.Code > 0 {
		log.Printf("modify: %s", s.Message)
	}
	return s.Code, nil
}

// Silent: the response is stored for whoever looks at it.
func (m *Monitor) Modify(c Client) error {
	s, err := c.Send("ModifyCert")
	if err != nil {
		return err
	}
	m.last = s
	if s.Code > 0 {
		return errFailed
	}
	return nil
}

// Monitor keeps the last result.
type Monitor struct{ last *Result }

// OK is asked by the client's callers.
//
// Silent: a helper with a bool result and no error is never itself reported.
func (s *Result) OK() bool { return s.Code <= 0 }

// Severity puts a result into a number.
//
// Silent: a helper with a number result and no error is never itself reported.
func Severity(s *Result) int {
	if s.Code > 0 {
		return 2
	}
	return 0
}

// Check gets the code alone.
//
// Silent: a helper that gets only the code is never itself reported.
func Check(code int, message string) error {
	if code > 0 {
		return fmt.Errorf("%s (code %d)", message, code)
	}
	return nil
}

// NoteFailure is a helper without a result.
//
// Silent: it tells 0 apart from every other code.
func NoteFailure(s *Result, warn func(string)) {
	if s.Code != 0 {
		warn(s.Message)
	}
}

// Silent: with 0, 5100 and 5400 left, the entries are inspected.
func ModifyAll(c Client, ids []string) error {
	r, err := c.SendBatch("ModifyListeners", ids)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0, 5100, 5400:
	default:
		return fmt.Errorf("modify listeners: %s", r.Message)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("modify listener %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: zero and the other codes are told apart before both log.
func CreateLogs(c Client) {
	s, err := c.Send("CreateListener")
	if err != nil {
		log.Print(err)
		return
	}
	if s.Code == 0 {
		log.Print("created")
	} else if s.Code == 4400 {
		log.Print("busy")
	} else {
		log.Printf("create: %s", s.Message)
	}
}

// Silent: false goes with every code but 0.
func Created(c Client) bool {
	s, err := c.Send("CreateListener")
	return err == nil && s.Code == 0
}
