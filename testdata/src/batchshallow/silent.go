package batchshallow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
)

// Silent: the answer is printed, and handed on in the error as well.
func AttachPrintsAndHandsOn(c Client, ids []string) (*Answer, error) {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return nil, err
	}
	log.Printf("attach: %+v", r)
	if r.Code != 0 {
		return r, errDisks
	}
	return r, nil
}

// Silent: the debug print stands beside a real inspection.
func AttachPrintsAndInspects(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	log.Printf("attach: %d entries", len(r.Detail))
	if r.Code == 0 {
		return nil
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("attach %s: %s", id, e.Message)
		}
	}
	return errDisks
}

// Silent: the encoded answer goes to a client, who has it then.
func AttachHandler(w http.ResponseWriter, c Client, ids []string) {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	text, err := json.Marshal(r.Detail)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if r.Code != 0 {
		w.WriteHeader(http.StatusBadGateway)
	}
	_, _ = w.Write(text)
}

// Silent: the encoded answer is returned.
func AttachEncoded(c Client, ids []string) ([]byte, error) {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		return text, errDisks
	}
	return text, nil
}

// Silent: the encoder writes into a buffer that is posted to somebody else.
func DetachForwarded(c Client, ids []string, hook string) error {
	r, err := c.Send("DetachCbsStorages", ids)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(r); err != nil {
		return err
	}
	resp, err := http.Post(hook, "application/json", &buf)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: the encoder writes into a file that the caller owns.
func DetachRecorded(c Client, ids []string, journal *os.File) error {
	r, err := c.Send("DetachCbsStorages", ids)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(journal).Encode(r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: the length is used on the path with code 0 alone; elsewhere the
// detail is handed on.
func ResizeCountsSuccesses(c Client, ids []string) (int, map[string]Entry, error) {
	r, err := c.Send("ResizeCbsStorages", ids)
	if err != nil {
		return 0, nil, err
	}
	if r.Code == 0 {
		return len(r.Detail), nil, nil
	}
	return 0, r.Detail, errDisks
}

// Silent: the nil check guards an inspection.
func ResizeGuarded(c Client, ids []string) error {
	r, err := c.SendList("ResizeCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	if r.Detail != nil {
		for _, e := range r.Detail {
			if e != nil && e.Code != 0 {
				return fmt.Errorf("resize %s: %s", e.DiskID, e.Message)
			}
		}
	}
	return fmt.Errorf("resize: %s", r.Message)
}

// Silent: keys are collected by the codes of their entries.
func RenameFailedKeys(c Client, ids []string) ([]string, error) {
	r, err := c.Send("RenameCbsStorages", ids)
	if err != nil {
		return nil, err
	}
	if r.Code == 0 {
		return nil, nil
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code == 0 {
			continue
		}
		failed = append(failed, id)
	}
	return failed, errDisks
}

// Silent: the messages are those of the entries whose codes say failure.
func RenameFailedMessages(c Client, ids []string) error {
	r, err := c.Send("RenameCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code == 0 {
		return nil
	}
	text := r.Message
	for id, e := range r.Detail {
		switch e.Code {
		case 0:
		default:
			text += "\n" + id + ": " + e.Message
		}
	}
	return errors.New(text)
}

// Silent: the entries are passed on one by one, as wholes.
func SnapshotEach(c Client, ids []string, each func(Entry)) error {
	r, err := c.Send("CreateSnapshots", ids)
	if err != nil {
		return err
	}
	for _, e := range r.Detail {
		each(e)
	}
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: a printed answer owes nothing more where its code is 0.
func SnapshotPrintsSuccess(c Client, ids []string) error {
	r, err := c.Send("CreateSnapshots", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return &answerError{answer: *r}
	}
	log.Printf("snapshots: %+v", r)
	return nil
}

type answerError struct{ answer Answer }

// Silent: the answer's code is not judged here.
func (e *answerError) Error() string { return e.answer.Message }

// Silent: an unknown callee is no printer, whatever its name.
func SnapshotDumped(c Client, ids []string, dump func(...any)) error {
	r, err := c.Send("CreateSnapshots", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		dump("snapshots", r.Detail)
		return errDisks
	}
	return nil
}

// Silent: the request's own failures have no detail to print; with 5100 and
// 5400 it is handed on.
func DeletePrintsRejected(c Client, ids []string) error {
	r, err := c.Send("TerminateCbsStorages", ids)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case 5100, 5400:
		return &answerError{answer: *r}
	}
	return fmt.Errorf("terminate: %+v", r)
}
