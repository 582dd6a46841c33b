package resultdropped

import (
	"encoding/json"
	"fmt"
)

// No database is created, nothing is waited for, and the caller goes on.
func CreateDatabase(c Client) error {
	s, err := c.Send("CreateCdb")
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	return c.Wait(s.RequestID)
}

// The success branch does the work; whoever failed falls out at the end.
func UpgradeDatabase(c Client, id string) error {
	s, err := c.Send("UpgradeCdb", id)
	if err != nil {
		return err
	}
	if s.Code == 0 {
		return c.Wait(s.RequestID)
	}
	return nil // want "result-failure-dropped"
}

// An empty task ID and a nil error: the caller takes the call for accepted.
func BackupDatabase(c Client, id string) (string, error) {
	s, err := c.Send("CreateCdbBackup", id)
	if err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "", nil // want "result-failure-dropped"
	}
	return s.RequestID, nil
}

// A nil pointer is a zero value, it acknowledges nothing.
func RestoreDatabase(c Client, id string) (*Task, error) {
	s, err := c.Send("RestoreCdb", id)
	if err != nil {
		return nil, err
	}
	if s.Code != 0 {
		return nil, nil // want "result-failure-dropped"
	}
	return &Task{ID: s.RequestID}, nil
}

// Task is what the caller waits for.
type Task struct{ ID string }

// err belongs to the transport, and is nil here.
func RenameDatabase(c Client, id string) error {
	s, err := c.Send("RenameCdb", id)
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return err // want "result-failure-dropped"
	}
	return c.Wait(s.RequestID)
}

// The named result was never set.
func ResetPassword(c Client, id string) (err error) {
	s, err := c.Send("ResetCdbPassword", id)
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return // want "result-failure-dropped"
	}
	err = c.Wait(s.RequestID)
	return
}

// Failures of the class 4000 are dropped: they are a range, not a named value.
func StopDatabase(c Client, id string) error {
	s, err := c.Send("StopCdb", id)
	if err != nil {
		return err
	}
	if s.Code >= 4000 && s.Code < 5000 {
		return nil // want "result-failure-dropped"
	}
	if s.Code != 0 {
		return fmt.Errorf("stop %s: %s", id, s.Message)
	}
	return c.Wait(s.RequestID)
}

// The default case drops what the other ones report.
func StartDatabase(c Client, id string) error {
	s, err := c.Send("StartCdb", id)
	if err != nil {
		return err
	}
	switch s.Code {
	case 0:
		return c.Wait(s.RequestID)
	case 4100:
		return errFailed
	default:
		return nil // want "result-failure-dropped"
	}
}

// 5100 and 5400 are inspected; a request that was rejected with 4100 has an
// empty detail, and passes.
func StopDatabases(c Client, ids []string) error {
	r, err := c.SendBatch("StopCdb", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("stop %s: %s", id, e.Message)
			}
		}
	}
	return nil // want "result-failure-dropped"
}

// The other way round: behind the early return for 0 a rejected request passes
// through an empty loop.
func StartDatabases(c Client, ids []string) error {
	r, err := c.SendBatch("StartCdb", ids...)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("start %s: %s", id, e.Message)
		}
	}
	return nil // want "result-failure-dropped"
}

// With quiet set the failure is dropped: no database, no error.
func CreateQuietly(b []byte, quiet bool) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code != 0 {
		if quiet {
			return nil // want "result-failure-dropped"
		}
		return errFailed
	}
	return nil
}

// Verify is a helper with an error result: all of its callers take a failure
// for success.
func Verify(s *Result) error {
	if s.Code == 4100 {
		return errFailed
	}
	if s.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// Err is the same as a method, turned upside down.
func (s *Result) Err() error {
	if s.Code == 0 {
		return fmt.Errorf("%s (code %d)", s.Message, s.Code)
	}
	return nil // want "result-failure-dropped"
}

// The label for "nothing to do" is where failures end.
func ModifyDatabase(c Client, id string) error {
	s, err := c.Send("ModifyCdb", id)
	if err != nil {
		return err
	}
	if s.Code != 0 {
		goto done
	}
	return c.Wait(s.RequestID)
done:
	return nil // want "result-failure-dropped"
}

// What is assigned on the way is never read: nobody hears of it.
func DeleteDatabase(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	failed := false
	if failed {
		return errFailed
	}
	if s.Code != 0 {
		failed = true
		return nil // want "result-failure-dropped"
	}
	return nil
}

// In a literal that is called in place, the failure is dropped just as well.
func IsolateDatabase(b []byte) error {
	return func() error {
		var s Result
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s.Code != 0 {
			return nil // want "result-failure-dropped"
		}
		return nil
	}()
}

// A symbolic name tells the failures apart, and they are dropped.
func ReleaseDatabase(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.CodeDesc != "Success" {
		return nil // want "result-failure-dropped"
	}
	return nil
}

// What is deferred runs whatever was returned: it acknowledges nothing.
func StopDeferred(b []byte) error {
	var r Result
	defer func() { println("stopped") }()
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	return nil
}
