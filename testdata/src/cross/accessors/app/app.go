// Package app uses package client, right and wrong.
package app

import (
	"errors"
	"fmt"
	"log"
	"net/url"

	"cross/accessors/client"
)

var (
	errServers = errors.New("servers failed")
	errTask    = errors.New("no task")
)

// App runs servers.
type App struct {
	api    *client.Client
	failed []string
}

// Silent: there is no response in sight.
func (a *App) poll(task string) error {
	if task == "" {
		return errTask
	}
	return nil
}

// ---- right ----

// Silent: Failed inspects the entries.
func (a *App) Stop(form url.Values) ([]string, error) {
	r, err := a.api.Stop(form)
	if err != nil {
		return nil, err
	}
	if r.OK() {
		return nil, nil
	}
	return r.Failed(), errServers
}

// Silent: Errors inspects the entries.
func (a *App) StopErrors(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if r.Code() == 0 {
		return nil
	}
	for id, e := range r.Errors() {
		return fmt.Errorf("stop %s: %s", id, e.Message())
	}
	return fmt.Errorf("stop: %s", r.Message())
}

// Silent: every entry's code is read by its accessor.
func (a *App) StopDetail(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if code := r.GetCode(); code != 0 && code != 5100 && code != 5400 {
		return errServers
	}
	for id, i := range r.Detail() {
		if i.Code() != 0 {
			return fmt.Errorf("stop %s: %s", id, i.Message())
		}
	}
	return nil
}

// Silent: through the interface it is the same answer, and it is inspected.
func (a *App) Start(form url.Values) error {
	o, err := a.api.Start(form)
	if err != nil {
		return err
	}
	if o.Code() == 0 {
		return nil
	}
	for id := range o.Errors() {
		a.failed = append(a.failed, id)
	}
	return errServers
}

// Silent: the detail is handed on.
func (a *App) StartDetail(form url.Values) (map[string]client.Item, error) {
	o, err := a.api.Start(form)
	if err != nil {
		return nil, err
	}
	if o.Code() != 0 {
		return o.Detail(), errServers
	}
	return nil, nil
}

// Silent: an interface that comes from outside may be anything.
func Judge(o client.Outcome) error {
	if o.Code() != 0 {
		return fmt.Errorf("refused: %s", o.Message())
	}
	return nil
}

// Silent: only code 0 gets past OK.
func (a *App) Create(form url.Values) error {
	t, err := a.api.Create(form)
	if err != nil {
		return err
	}
	if !t.OK() {
		return errTask
	}
	return a.poll(t.GetRequestID())
}

// Silent: only code 0 gets past GetCode.
func (a *App) CreateJudged(form url.Values) (string, error) {
	t, err := a.api.Create(form)
	if err != nil {
		return "", err
	}
	if t.GetCode() != 0 {
		return "", errTask
	}
	return t.GetRequestID(), nil
}

// Silent: the code that the accessor gives is handed on.
func (a *App) CreateCode(form url.Values) (int, error) {
	t, err := a.api.Create(form)
	if err != nil {
		return 0, err
	}
	return t.GetCode(), nil
}

// ---- wrong ----

// With 5400 nobody learns which servers still run.
func (a *App) StopAll(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if r.Code() != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("stop: %s", r.Message())
	}
	return nil
}

// Likewise, by a predicate.
func (a *App) StopOK(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if !r.OK() { // want "batch-partial-as-failure"
		return errServers
	}
	return nil
}

// 5400 is not 5100: servers that still run pass for stopped.
func (a *App) StopSome(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if r.GetCode() == 5100 { // want "batch-partial-as-success"
		return errServers
	}
	return nil
}

// The log has the detail, and no program reads it.
func (a *App) StopLogged(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	if r.Code() != 0 { // want "batch-detail-shallow"
		log.Printf("stop: %v", r.Detail())
		return errServers
	}
	return nil
}

// Entries have no 5100: every server passes for stopped.
func (a *App) StopEach(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	for id, i := range r.Detail() {
		if i.Code() == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("stop %s: %s", id, i.Message())
		}
	}
	return nil
}

// The messages of the servers are read, and their codes are not.
func (a *App) StopMessages(form url.Values) ([]string, error) {
	r, err := a.api.Stop(form)
	if err != nil {
		return nil, err
	}
	var texts []string
	if r.Code() != 0 { // want "batch-detail-shallow"
		for id, i := range r.Detail() {
			texts = append(texts, id+": "+i.Message())
		}
		return texts, errServers
	}
	return nil, nil
}

// The codes of the servers end in the log.
func (a *App) StopCodes(form url.Values) error {
	r, err := a.api.Stop(form)
	if err != nil {
		return err
	}
	for id, i := range r.Detail() {
		log.Print(id, i.Code())
	}
	if !r.OK() { // want "batch-detail-shallow"
		return errServers
	}
	return nil
}

// Start always gives an Answer: through the interface its detail is lost.
func (a *App) StartAll(form url.Values) error {
	o, err := a.api.Start(form)
	if err != nil {
		return err
	}
	if o.Code() != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("start: %s", o.Message())
	}
	return nil
}

// Through the interface servers that don't run pass for started.
func (a *App) StartSome(form url.Values) error {
	o, err := a.api.Start(form)
	if err != nil {
		return err
	}
	if o.Code() == 5100 { // want "batch-partial-as-success"
		return errServers
	}
	return nil
}

// What is in the interface has a name in the client's package alone, and is described by the client's fact.
func (a *App) RebootAll(form url.Values) error {
	o, err := a.api.Reboot(form)
	if err != nil {
		return err
	}
	if o.Code() != 0 { // want "batch-partial-as-failure: nobody learns which resources failed: o.Code.. may be 5400 at .*, but o.Detail.. is not checked"
		return fmt.Errorf("reboot: %s", o.Message())
	}
	return nil
}

// Nobody has looked at the code.
func (a *App) Ensure(form url.Values) error {
	_, err := a.api.Create(form) // want "result-unchecked"
	return err
}

// The accessor gives the task of an answer that nobody looked at.
func (a *App) CreateUnchecked(form url.Values) error {
	t, err := a.api.Create(form) // want "result-unchecked"
	if err != nil {
		return err
	}
	return a.poll(t.GetRequestID())
}

// Negative codes pass.
func (a *App) CreatePositive(form url.Values) (string, error) {
	t, err := a.api.Create(form)
	if err != nil {
		return "", err
	}
	if t.GetCode() > 0 { // want "result-nonzero-success"
		return "", errTask
	}
	return t.GetRequestID(), nil
}

// A refusal passes for a task.
func (a *App) CreateQuietly(form url.Values) error {
	t, err := a.api.Create(form)
	if err != nil {
		return err
	}
	if !t.OK() {
		return nil // want "result-failure-dropped"
	}
	return a.poll(t.GetRequestID())
}
