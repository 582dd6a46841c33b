package batchshallow

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"sort"
	"strings"
	"testing"
)

// The detail is in the text of the error: no program gets the failed disks out
// of it again.
func Attach(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("attach: code %d: %v", r.Code, r.Detail)
	}
	return nil
}

// The whole answer is logged before the code is looked at, and then it is
// lost.
func AttachLogged(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	log.Printf("attach: %+v", r)
	if r.Code != 0 { // want "batch-detail-shallow"
		return errDisks
	}
	return nil
}

// A structured log is a log: the disks that were attached are attached again.
func AttachStructured(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		slog.Error("attach", "code", r.Code, "detail", r.Detail)
		return errDisks
	}
	return nil
}

// The log has the detail, the caller has nil: disks that were not detached
// pass for detached.
func DetachLogged(c Client, ids []string) error {
	r, err := c.Send("DetachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Printf("detach: %v", r.Detail)
	}
	return nil
}

// The answer is encoded to be logged, which is printing with other means.
func DetachEncoded(c Client, ids []string) error {
	r, err := c.Send("DetachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r)
		log.Println("detach:", string(text))
		return errDisks
	}
	return nil
}

// An encoder that writes to stderr prints.
func DetachDumped(c Client, ids []string) error {
	r, err := c.Send("DetachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		_ = json.NewEncoder(os.Stderr).Encode(r.Detail)
		return errDisks
	}
	return nil
}

// All the disks have entries, the resized ones too, so that their number says
// nothing about failures.
func ResizeCounted(c Client, ids []string) error {
	r, err := c.SendList("ResizeCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code == 0 { // want "batch-detail-shallow"
		return nil
	}
	return &TextError{Code: r.Code, Text: fmt.Sprintf("%d of %d", len(r.Detail), len(ids))}
}

// An answer with as many entries as disks counts as success, whatever is in
// them.
func ResizeComplete(c Client, ids []string) error {
	r, err := c.Send("ResizeCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-detail-shallow"
		return errDisks
	}
	if len(r.Detail) != len(ids) {
		return errors.New("resize: entries missing")
	}
	return nil
}

// The loop counts the entries without looking at them.
func ResizeLoop(c Client, ids []string) error {
	r, err := c.Send("ResizeCbsStorages", ids)
	if err != nil {
		return err
	}
	n := 0
	for range r.Detail {
		n++
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return &TextError{Code: r.Code, Text: fmt.Sprintf("%d disks", n)}
	}
	return nil
}

// Sorted keys are still all the keys: disks that were renamed are among the
// ones that count as failed.
func RenameKeys(c Client, ids []string) ([]string, error) {
	r, err := c.Send("RenameCbsStorages", ids)
	if err != nil {
		return nil, err
	}
	if r.Code == 0 { // want "batch-detail-shallow"
		return nil, nil
	}
	var failed []string
	for id := range r.Detail {
		failed = append(failed, id)
	}
	sort.Strings(failed)
	return failed, errDisks
}

// Messages are optional, and successes have them too.
func RenameMessages(c Client, ids []string) error {
	r, err := c.Send("RenameCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		var sb strings.Builder
		for id, e := range r.Detail {
			if e.Message != "" {
				sb.WriteString(id + ": " + e.Message + "\n")
			}
		}
		return &TextError{Code: r.Code, Text: sb.String()}
	}
	return nil
}

// The name of the first disk of the list is that of any disk.
func RenameFirst(c Client, ids []string) error {
	r, err := c.SendList("RenameCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return errors.New(r.Detail[0].Message)
	}
	return nil
}

// That there is a detail is no news about the disks.
func SnapshotNilCheck(c Client, ids []string) error {
	r, err := c.Send("CreateSnapshots", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		if r.Detail != nil {
			return errors.New("snapshots: some failed")
		}
		return errDisks
	}
	return nil
}

// The entries are printed one by one, for people; the caller hears nothing.
func SnapshotPrinted(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-detail-shallow"
	case 0:
	case 5400:
		for id, e := range r.Detail {
			fmt.Fprintf(os.Stderr, "%s: %+v\n", id, e)
		}
	default:
		return errDisks
	}
	return nil
}

// An entry's code that is only printed is not inspected.
func SnapshotCodes(b []byte) error {
	var r ListAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for _, e := range r.Detail {
			slog.Warn("snapshot", "disk", e.DiskID, "code", e.Code)
		}
		return errDisks
	}
	return nil
}

// Reading the code into the blank identifier is not a use.
func SnapshotBlank(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for id, e := range r.Detail {
			_ = e.Code
			log.Print(id)
		}
		return errDisks
	}
	return nil
}

// The failed entries' task IDs are empty: the caller waits for tasks that were
// never started.
func SnapshotTasks(c Client, ids []string) (tasks []string, err error) {
	r, err := c.Send("CreateSnapshots", ids)
	if err != nil {
		return nil, err
	}
	if r.Code == 5100 { // want "batch-detail-shallow"
		return nil, errDisks
	}
	for _, e := range r.Detail {
		tasks = append(tasks, e.RequestID)
	}
	return tasks, nil
}

// The program ends with the detail on stderr, where no program finds it.
func DeleteOrFatal(c Client, ids []string) {
	r, err := c.Send("TerminateCbsStorages", ids)
	if err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Fatalf("terminate: %+v", *r)
	}
}

// A text made of the detail is a text.
func DeleteText(c Client, ids []string) (string, error) {
	r, err := c.Send("TerminateCbsStorages", ids)
	if err != nil {
		return "", err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Sprint(r.Detail), errDisks
	}
	return "", nil
}

// A test's log is a log.
func DeleteForTest(t *testing.T, c Client, ids []string) error {
	r, err := c.Send("TerminateCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		t.Logf("terminate: %v", r.Detail)
		return errDisks
	}
	return nil
}
