package resultdropped

import (
	"encoding/json"
	"fmt"
	"log"
	"sync/atomic"
)

var refused atomic.Int64

// Silent: the failure is acknowledged, it is logged.
func CreateLogged(c Client) error {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return err
	}
	if s.Code != 0 {
		log.Printf("create: %s (code %d)", s.Message, s.Code)
		return nil
	}
	return c.Wait(s.RequestID)
}

// Silent: the failure is acknowledged, it is counted by a call.
func CreateCounted(c Client) error {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return err
	}
	if s.Code != 0 {
		refused.Add(1)
		return nil
	}
	return c.Wait(s.RequestID)
}

// Silent: the word acknowledges the failure.
func CreateState(c Client) (string, error) {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "failed", nil
	}
	return "created", nil
}

// Silent: the message is a value that is computed on the path.
func CreateMessage(c Client) (string, error) {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "refused: " + s.Message, nil
	}
	return "", nil
}

// Silent: false tells the path from the success side, as poll functions do.
func Polled(c Client, id string) (done bool, err error) {
	s, err := c.Send("DescribeCdbTask", id)
	if err != nil {
		return false, err
	}
	if s.Code != 0 {
		return false, nil
	}
	return true, nil
}

// Silent: true tells the path from the success side.
func NeedsRetry(c Client, id string) (retry bool, err error) {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return false, err
	}
	if s.Code != 0 {
		return true, nil
	}
	return false, nil
}

// Silent: the value is named, so it is tolerated.
func DeleteGone(c Client, id string) error {
	s, err := c.Send("DeleteCdb", id)
	if err != nil {
		return err
	}
	if s.Code == 7001 {
		return nil
	}
	if s.Code != 0 {
		return errFailed
	}
	return c.Wait(s.RequestID)
}

// Silent: the symbolic name is a named value.
func DeleteNotFound(c Client, id string) error {
	s, err := c.Send("DeleteCdb", id)
	if err != nil {
		return err
	}
	if s.CodeDesc == "NotFound" {
		return nil
	}
	if s.Code != 0 {
		return errFailed
	}
	return c.Wait(s.RequestID)
}

// Silent: the values that a case lists are named.
func DeleteListed(c Client, id string) error {
	s, err := c.Send("DeleteCdb", id)
	if err != nil {
		return err
	}
	switch s.Code {
	case 7001, 7002, 7003:
		return nil
	case 0:
		return c.Wait(s.RequestID)
	default:
		return errFailed
	}
}

// Job is a call that is looked at later.
type Job struct {
	failed bool
	code   int
}

// Silent: the flag is stored in the receiver, where it is read later.
func (j *Job) Create(c Client) error {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return err
	}
	if s.Code != 0 {
		j.failed = true
		return nil
	}
	return c.Wait(s.RequestID)
}

// Silent: the code is stored in the receiver, and so handed on.
func (j *Job) Upgrade(c Client, id string) error {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return err
	}
	j.code = s.Code
	if s.Code != 0 {
		return nil
	}
	return c.Wait(s.RequestID)
}

// Silent: the failure is sent to whoever collects failures.
func CreateSends(c Client, failures chan<- string) error {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return err
	}
	if s.Code != 0 {
		failures <- s.Message
		return nil
	}
	return c.Wait(s.RequestID)
}

// Silent: the variable is read before the return.
func CreateSummary(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	text := "created"
	if s.Code != 0 {
		text = "refused"
	}
	log.Print(text)
	return nil
}

// Silent: the failure is stored where the caller looks.
func CreateReports(b []byte, failures map[string]string) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		failures["CreateCdb"] = s.Message
		return nil
	}
	return nil
}

// Silent: something is tried again, which acknowledges the failure.
func UpgradeFallsBack(c Client, id string) error {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return err
	}
	if s.Code != 0 {
		_, err := c.Send("UpgradeCdbLater", id)
		return err
	}
	return c.Wait(s.RequestID)
}

// Silent: what the callee makes of the code may be nil, which is unknown here.
func UpgradeTranslated(c Client, id string, translate func(int) error) error {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return translate(s.Code)
	}
	return c.Wait(s.RequestID)
}

// Silent: nil goes with 0 alone, and the failures end behind it.
func Upgrade(c Client, id string) error {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return err
	}
	if s.Code == 0 {
		return nil
	}
	return fmt.Errorf("upgrade %s: %s", id, s.Message)
}

// Silent: the batch's other failures end in an error behind the loop.
func StopAll(c Client, ids []string) error {
	r, err := c.SendBatch("StopCdb", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return fmt.Errorf("stop: %s", r.Message)
}

// Silent: the caller has the response beside the nil error.
func CreateResult(c Client) (*Result, error) {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return s, nil
	}
	return s, nil
}

// Discard is a helper without a result.
//
// Silent: there is no error to be nil.
func Discard(s *Result) {
	if s.Code != 0 {
		return
	}
	log.Print(s.RequestID)
}
