package entries

import (
	"errors"
	"fmt"
	"log"
	"strings"
)

// The loop prints what it could collect.
func Printed(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		// Say what happened.
		for id, e := range r.Detail {
			log.Printf("%s: %s", id, e.Message)
		}
		return errFailed
	}
	return nil
}

// The loop has no variable for the key.
func PrintedMessages(c Client, ids []string) (int, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return 0, err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for _, e := range r.Detail {
			log.Print(e.Message)
		}
		return 0, fmt.Errorf("stop: code %d", r.Code)
	}
	return len(ids), nil
}

// The loop has no variable for the entry.
func PrintedKeys(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for id := range r.Detail {
			log.Print(id)
		}
		return errFailed
	}
	return nil
}

func PrintedList(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for _, e := range r.Detail {
			log.Print(e.Message)
		}
		return errFailed
	}
	return nil
}

// What the error says is made of all entries: it is to be made of those that failed.
func Text(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var failed []string
		for id, e := range r.Detail {
			failed = append(failed, id+": "+e.Message)
		}
		return errors.New(strings.Join(failed, "; "))
	}
	return nil
}

func Keys(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var failed []string
		for id := range r.Detail {
			failed = append(failed, id)
		}
		return fmt.Errorf("%v failed", failed)
	}
	return nil
}

func Messages(c Client, ids []string) error {
	r, err := c.SendList("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text := ""
		for _, e := range r.Detail {
			text += e.Message + "\n"
		}
		return errors.New(text)
	}
	return nil
}

// No fix: what is done for entries is done for all of them.
func Forgotten(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text := ""
		for id, e := range r.Detail {
			c.Forget(id)
			text += e.Message
		}
		return errors.New(text)
	}
	return nil
}

// No fix: not all entries are looked at.
func First(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for _, e := range r.Detail {
			log.Print(e.Message)
			break
		}
		return errFailed
	}
	return nil
}
