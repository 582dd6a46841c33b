// Package app gives entries to functions of its own and of package sdk: some do
// something with an entry's code.
package app

import (
	"errors"
	"fmt"
	"io"
	"log"

	"cross/entries/sdk"
)

var (
	errRefused = errors.New("request refused")
	errDisks   = errors.New("disks failed")
)

// refused reports whether there is no entry to look at.
//
// Silent: a helper with a bool result.
func refused(r *sdk.Batch) bool { return r.Code != 0 && r.Code != 5100 && r.Code != 5400 }

// App keeps what it is told.
type App struct {
	failed []string
	items  chan sdk.Item
}

// Silent: a method that acts upon the code.
func (a *App) note(id string, i sdk.Item) {
	if i.Failed() {
		a.failed = append(a.failed, id)
	}
}

// Silent: a method that writes the entry to the log.
func (a *App) show(id string, i sdk.Item) { log.Print(id, " ", i.Text()) }

// Silent: a function that writes the entry to the log.
func show(id string, i sdk.Item) { log.Print(id, i) }

// Silent: a function that acts upon the code.
func alarm(id string, i sdk.Item) { sdk.Alarm(id, i) }

// quota knows one code.
//
// Silent: its only caller tells success from the other codes.
func quota(i sdk.Item) error {
	if i.Code == 4104 {
		return errors.New("quota exceeded")
	}
	return nil
}

// ---- right ----

// Silent: the accessor gives the code of each entry.
func AttachStatus(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if refused(r) {
		return errRefused
	}
	for id, i := range r.Detail {
		if i.Status() != 0 {
			return fmt.Errorf("%s: %s", id, i.Text())
		}
	}
	return nil
}

// Silent: the error that an entry gives is returned.
func AttachErr(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if refused(r) {
		return errRefused
	}
	for _, i := range r.Detail {
		if err := i.Err(); err != nil {
			return err
		}
	}
	return nil
}

// Silent: all errors are joined.
func AttachJoined(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if refused(r) {
		return errRefused
	}
	var errs []error
	for _, i := range r.Detail {
		errs = append(errs, i.Err())
	}
	return errors.Join(errs...)
}

// Silent: the verdict on an entry decides.
func AttachFailed(body io.Reader) (ids []string, err error) {
	r, err := sdk.Attach(body)
	if err != nil {
		return nil, err
	}
	if refused(r) {
		return nil, errRefused
	}
	for id, i := range r.Detail {
		if !sdk.Ok(i.Code) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Silent: the verdict on an entry is stored.
func AttachVerdicts(body io.Reader) (map[string]bool, error) {
	r, err := sdk.Attach(body)
	if err != nil {
		return nil, err
	}
	if refused(r) {
		return nil, errRefused
	}
	failed := make(map[string]bool)
	for id, i := range r.Detail {
		failed[id] = i.Failed()
	}
	return failed, nil
}

// Silent: the function acts upon each entry's code.
func AttachAlarm(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	for id, i := range r.Detail {
		sdk.Alarm(id, i)
	}
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: somebody gets the entries.
func (a *App) AttachCollect(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	for _, i := range r.Detail {
		sdk.Collect(a.items, i)
	}
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: the method that is called with the entries notes those that failed.
func (a *App) AttachNoted(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	r.Each(a.note)
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: likewise with a function, of this package or another.
func AttachAlarmed(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if r.Code == 5400 {
		r.Each(alarm)
		return errDisks
	}
	r.Each(sdk.Alarm)
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: what a function value does that comes from elsewhere is not known.
func AttachEach(body io.Reader, f func(string, sdk.Item)) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	r.Each(f)
	if r.Code != 0 {
		return errDisks
	}
	return nil
}

// Silent: the entries that quota lets pass are told from the others.
func AttachQuota(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if refused(r) {
		return errRefused
	}
	for _, i := range r.Detail {
		if err := quota(i); err != nil {
			return err
		}
		if i.Code != 0 {
			return errDisks
		}
	}
	return nil
}

// ---- wrong ----

// The accessor gives the code of each entry, and 5100 is never one.
func AttachTotal(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if refused(r) {
		return errRefused
	}
	for id, i := range r.Detail {
		if i.Status() == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("%s: %s", id, i.Text())
		}
	}
	return nil
}

// Show writes the entries to the log, where no program reads them.
func AttachShown(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for id, i := range r.Detail {
			sdk.Show(id, i)
		}
		return errDisks
	}
	return nil
}

// Likewise with an entry's accessor.
func AttachTexts(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	text := ""
	if r.Code != 0 { // want "batch-detail-shallow"
		for id, i := range r.Detail {
			text += id + ": " + i.Text()
		}
		return errors.New(text)
	}
	return nil
}

// The method that is called with the entries writes them to the log.
func (a *App) AttachShownEach(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		r.Each(a.show)
		return errDisks
	}
	return nil
}

// So does a function, of this package or another.
func AttachShownBy(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	if r.Code == 5400 { // want "batch-detail-shallow"
		r.Each(show)
		return errDisks
	}
	if r.Code != 0 {
		r.Each(sdk.Show)
		return errDisks
	}
	return nil
}

// The verdicts end in the log.
func AttachLogged(body io.Reader) error {
	r, err := sdk.Attach(body)
	if err != nil {
		return err
	}
	for id, i := range r.Detail {
		log.Printf("%s failed: %t", id, i.Failed())
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return errDisks
	}
	return nil
}
