// Package app uses package api, right and wrong.
package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"cross/pointers/api"
)

var (
	errDisks    = errors.New("disks not attached")
	errSnapshot = errors.New("no snapshot")
)

// App backs disks up.
type App struct {
	api   *api.Client
	tasks []int
}

// ---- right ----

// Silent: Do lets only code 0 pass.
func (a *App) Backup(disk string) (string, error) {
	r, err := a.api.CreateSnapshot(disk)
	if err != nil {
		return "", err
	}
	if r.SnapshotID == nil {
		return "", errSnapshot
	}
	return *r.SnapshotID, nil
}

// Silent: nil of CreateSnapshot means code 0.
func (a *App) Ensure(disk string) error {
	_, err := a.api.CreateSnapshot(disk)
	return err
}

// Silent: so does nil of CreateSnapshotChecked.
func (a *App) EnsureChecked(disk string) error {
	_, err := a.api.CreateSnapshotChecked(disk)
	return err
}

// Silent: nil of CheckError means code 0.
func (a *App) BackupRaw(disk string) (*int, error) {
	r, err := a.api.CreateSnapshotRaw(disk)
	if err != nil {
		return nil, err
	}
	if err := r.CheckError(); err != nil {
		return nil, fmt.Errorf("backup of %s: %w", disk, err)
	}
	return r.TaskID, nil
}

// Silent: the code is judged here.
func (a *App) BackupJudged(disk string) error {
	r, err := a.api.CreateSnapshotRaw(disk)
	if err != nil {
		return err
	}
	if r.Code == nil || *r.Code != 0 {
		return errSnapshot
	}
	a.tasks = append(a.tasks, *r.TaskID)
	return nil
}

// Silent: CheckError of a DiskResponse looks at every entry.
func (a *App) Attach(args map[string]string) error {
	r, err := a.api.AttachDisks(args)
	if err != nil {
		return err
	}
	return r.CheckError()
}

// Silent: every entry is inspected before CheckError of the batch is asked.
func (a *App) Delete(args map[string]string) ([]string, error) {
	r, err := a.api.DeleteSnapshots(args)
	if err != nil {
		return nil, err
	}
	var failed []string
	if r.Detail != nil {
		for id, e := range *r.Detail {
			if e == nil || e.Code == nil || *e.Code != 0 {
				failed = append(failed, id)
			}
		}
	}
	return failed, r.CheckError()
}

// Silent: what is wrong with the verdict is reported in CheckError.
func (a *App) DeleteRelayed(args map[string]string) error {
	r, err := a.api.DeleteSnapshots(args)
	if err != nil {
		return err
	}
	return r.CheckError()
}

// Silent: likewise for the codes that it lets pass.
func (a *App) Apply(id string) error {
	r, err := a.api.ApplySnapshot(id)
	if err != nil {
		return err
	}
	return r.CheckError()
}

// Silent: the interface has several implementations, and one of them checks.
func (a *App) BackupFor(disk string) error {
	var r api.CreateSnapshotResponse
	return a.api.DoFor("CreateSnapshot", map[string]string{"storageId": disk}, &r)
}

// Silent: the same bytes were found to have the code 0.
func (a *App) BackupParsed(disk string) (*int, error) {
	text, err := a.api.Send("CreateSnapshot", map[string]string{"storageId": disk})
	if err != nil {
		return nil, err
	}
	if err := api.ParseErrorFromHTTPResponse("CreateSnapshot", []byte(text)); err != nil {
		return nil, err
	}
	var r api.CreateSnapshotResponse
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return nil, err
	}
	return r.TaskID, nil
}

// Silent: the function value may be anything that checks.
func (a *App) BackupBy(call func(string) (*api.CreateSnapshotResponse, error), disk string) error {
	_, err := call(disk)
	return err
}

// ---- wrong ----

// Nobody has looked at the code.
func (a *App) EnsureRaw(disk string) error {
	_, err := a.api.CreateSnapshotRaw(disk) // want "result-unchecked"
	return err
}

// The task of an answer that nobody looked at.
func (a *App) BackupUnchecked(disk string) error {
	r, err := a.api.CreateSnapshotRaw(disk) // want "result-unchecked"
	if err != nil {
		return err
	}
	a.tasks = append(a.tasks, *r.TaskID)
	return nil
}

// Send doesn't look into what it gives, and neither does anybody else.
func (a *App) BackupSent(disk string) error {
	text, err := a.api.Send("CreateSnapshot", map[string]string{"storageId": disk})
	if err != nil {
		return err
	}
	var r api.CreateSnapshotResponse
	return json.Unmarshal([]byte(text), &r) // want "result-unchecked"
}

// The error would say that there is no snapshot.
func (a *App) BackupAnyway(disk string) *string {
	r := &api.CreateSnapshotResponse{}
	_ = a.api.Do("CreateSnapshot", map[string]string{"storageId": disk}, r) // want "result-unchecked"
	a.watch(r.TaskID)
	return r.SnapshotID
}

// Silent: there is no response in sight.
func (a *App) watch(task *int) {
	if task != nil {
		a.tasks = append(a.tasks, *task)
	}
}

// 5100 is a batch's code: any failure passes.
func (a *App) BackupAll(disk string) error {
	r, err := a.api.CreateSnapshotRaw(disk)
	if err != nil {
		return err
	}
	if r.Code == nil || *r.Code == 5100 { // want "result-nonzero-success"
		return errSnapshot
	}
	return nil
}

// 5400 is not 5100: disks that are not attached pass for attached.
func (a *App) AttachAll(args map[string]string) error {
	r, err := a.api.AttachDisks(args)
	if err != nil {
		return err
	}
	if r.Code == nil || *r.Code == 5100 { // want "batch-partial-as-success"
		return errDisks
	}
	return nil
}

// Nobody learns which snapshots are still there.
func (a *App) DeleteAll(args map[string]string) error {
	r, err := a.api.DeleteSnapshots(args)
	if err != nil {
		return err
	}
	if *r.Code != 0 { // want "batch-partial-as-failure"
		return errSnapshot
	}
	return nil
}

// The detail's entries are counted, those that succeeded included.
func (a *App) DeleteCount(args map[string]string) (int, error) {
	r, err := a.api.DeleteSnapshots(args)
	if err != nil {
		return 0, err
	}
	if *r.Code == 0 { // want "batch-detail-shallow"
		return 0, nil
	}
	return len(*r.Detail), errSnapshot
}

// Entries whose code is negative pass for attached.
func (a *App) AttachPositive(args map[string]string) error {
	r, err := a.api.AttachDisks(args)
	if err != nil {
		return err
	}
	for id, e := range *r.Detail {
		if e.Code != nil && *e.Code > 0 { // want "result-nonzero-success"
			return fmt.Errorf("%w: %s", errDisks, id)
		}
	}
	return nil
}

// Do lets no 5400 pass, and its error has no detail.
func (a *App) DeleteDone(args map[string]string) error {
	r := new(api.DeleteSnapshotResponse)
	err := a.api.Do("DeleteSnapshot", args, r) // want "batch-detail-unreachable"
	if err != nil {
		return err
	}
	for id, e := range *r.Detail {
		if *e.Code != 0 {
			return fmt.Errorf("delete %s: %s", id, *e.Msg)
		}
	}
	return nil
}
