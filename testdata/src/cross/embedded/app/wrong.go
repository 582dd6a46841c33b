package app

import (
	"context"
	"fmt"
	"log"

	"cross/embedded/sdk"
)

// The task may not exist: the error is ignored that would say so.
func (a *App) CreateAnyway(ctx context.Context, name string) error {
	var r sdk.CreateResponse
	a.api.Invoke("CreateLoadBalancer", sdk.Args{"loadBalancerName": name}, &r) // want "result-unchecked"
	return a.wait(ctx, r.RequestID)
}

// CreateBalancer would say that there is no task, and nobody listens.
func (a *App) CreateIgnored(ctx context.Context, name string) error {
	r, _ := a.api.CreateBalancer(name) // want "result-unchecked"
	return a.wait(ctx, r.RequestID)
}

// Nobody has looked at the code, neither there nor here.
func (a *App) EnsureRaw(name string) error {
	_, err := a.api.CreateBalancerRaw(name) // want "result-unchecked"
	return err
}

// The task of an answer that nobody looked at.
func (a *App) CreateUnchecked(ctx context.Context, name string) error {
	r, err := a.api.CreateBalancerRaw(name) // want "result-unchecked"
	if err != nil {
		return err
	}
	return a.wait(ctx, r.RequestID)
}

// InvokeRaw decodes, and looks away.
func (a *App) SnapshotRaw(disk string) (string, error) {
	var r struct {
		sdk.Response
		SnapshotID string `json:"snapshotId"`
	}
	err := a.api.InvokeRaw("CreateSnapshot", sdk.Args{"storageId": disk}, &r) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return r.SnapshotID, nil
}

// Negative codes pass.
func (a *App) CreatePositive(name string) (int, error) {
	r, err := a.api.CreateBalancerRaw(name)
	if err != nil {
		return 0, err
	}
	if r.Code > 0 { // want "result-nonzero-success"
		return 0, errBalancer
	}
	return r.RequestID, nil
}

// Any failure but one is a success by its symbolic name.
func (a *App) CreateByOneName(name string) (int, error) {
	r, err := a.api.CreateBalancerRaw(name)
	if err != nil {
		return 0, err
	}
	if r.CodeDesc == "InternalError" { // want "result-nonzero-success"
		return 0, errBalancer
	}
	return r.RequestID, nil
}

// A refusal passes for a created balancer.
func (a *App) CreateQuietly(ctx context.Context, name string) error {
	r, err := a.api.CreateBalancerRaw(name)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return nil // want "result-failure-dropped"
	}
	return a.wait(ctx, r.RequestID)
}

// With 5400 nobody learns which servers run.
func (a *App) StartAll(ids []string) error {
	r, err := a.api.StartInstances(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fmt.Errorf("%w: %s", errServers, r.Message)
	}
	return nil
}

// InvokeBatch lets 5400 pass so that somebody can look.
func (a *App) RestartAll(ids []string) error {
	r, err := a.api.RestartInstances(ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errServers
	}
	return nil
}

// The log has the detail, and no program reads it.
func (a *App) StartLogged(ids []string) error {
	r, err := a.api.StartInstances(ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Printf("start: %v", r.Detail)
		return errServers
	}
	return nil
}

// Entries have no 5100: every server passes for started.
func (a *App) StartEach(ids []string) error {
	r, err := a.api.StartInstances(ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code == 5100 { // want "result-nonzero-success"
			return fmt.Errorf("start %s: %s", id, e.Msg)
		}
	}
	return nil
}

// The request may be refused as a whole.
func (a *App) StartBlindly(ids []string) error {
	_, err := a.api.StartInstances(ids) // want "result-unchecked"
	return err
}

// resetResponse is a batch of our own.
type resetResponse struct {
	sdk.Response
	Detail map[string]struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"detail"`
}

// Invoke loses the detail of any batch.
func (a *App) ResetPasswords(args sdk.Args) error {
	var r resetResponse
	return a.api.Invoke("ResetInstances", args, &r) // want "batch-detail-unreachable"
}

// The loop is as careful as can be, and sees nothing but successes.
func (a *App) ResetPasswordsLoop(args sdk.Args) ([]string, error) {
	r := &resetResponse{}
	if err := a.api.Invoke("ResetInstances", args, r); err != nil { // want "batch-detail-unreachable"
		return nil, err
	}
	var failed []string
	for id, e := range r.Detail {
		if e.Code != 0 {
			failed = append(failed, id)
		}
	}
	return failed, nil
}
