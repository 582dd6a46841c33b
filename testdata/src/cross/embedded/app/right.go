// Package app uses package sdk, right and wrong.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cross/embedded/sdk"
)

var (
	errBalancer = errors.New("load balancer not created")
	errServers  = errors.New("servers not started")
)

// App runs load balancers and the servers behind them.
type App struct {
	api   *sdk.Client
	tasks map[string]int
}

// Silent: there is no response in sight.
func (a *App) wait(ctx context.Context, task int) error {
	for {
		status, err := a.api.TaskStatus(task)
		if err != nil {
			return err
		}
		switch status {
		case 0:
			return nil
		case 1:
			return fmt.Errorf("task %d failed", task)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// Silent: the result of CreateBalancer has the code 0 where there is no error.
func (a *App) Create(ctx context.Context, name string) error {
	r, err := a.api.CreateBalancer(name)
	if err != nil {
		return err
	}
	a.tasks[name] = r.RequestID
	return a.wait(ctx, r.RequestID)
}

// Silent: CreateBalancer makes an error of every code but 0.
func (a *App) Ensure(name string) error {
	_, err := a.api.CreateBalancer(name)
	return err
}

// Silent: so does Invoke, for a type of our own.
func (a *App) Snapshot(disk string) (int, error) {
	var r struct {
		sdk.Response
		TaskID int `json:"taskId"`
	}
	if err := a.api.Invoke("CreateSnapshot", sdk.Args{"storageId": disk}, &r); err != nil {
		return 0, fmt.Errorf("snapshot of %s: %w", disk, err)
	}
	return r.TaskID, nil
}

// Silent: the error is what DeleteBalancer says.
func (a *App) Delete(id string) error {
	if err := a.api.DeleteBalancer(id); err != nil {
		return fmt.Errorf("delete %s: %w", id, err)
	}
	return nil
}

// Silent: of an error that has the API's code one value is tolerated.
func (a *App) DeleteIfExists(id string) error {
	err := a.api.DeleteBalancer(id)
	var apiErr *sdk.APIError
	if errors.As(err, &apiErr) && apiErr.Code == 7001 {
		return nil
	}
	return err
}

// Silent: the raw result's code is judged here.
func (a *App) CreateRaw(ctx context.Context, name string) error {
	r, err := a.api.CreateBalancerRaw(name)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("%w: %s", errBalancer, r.Message)
	}
	return a.wait(ctx, r.RequestID)
}

// Silent: the symbolic name of the raw result's code is judged here.
func (a *App) CreateByName(name string) (int, error) {
	r, err := a.api.CreateBalancerRaw(name)
	if err != nil {
		return 0, err
	}
	if r.CodeDesc != "Success" {
		return 0, errBalancer
	}
	return r.RequestID, nil
}

// Silent: the error is ignored, and what it would say is judged.
func (a *App) TryCreate(name string) error {
	r, _ := a.api.CreateBalancerRaw(name)
	if r == nil || r.Code != 0 {
		return errBalancer
	}
	a.tasks[name] = r.RequestID
	return nil
}

// Silent: with 5400 the entries say which servers failed.
func (a *App) Start(ids []string) ([]string, error) {
	r, err := a.api.StartInstances(ids)
	if err != nil {
		return nil, err
	}
	switch r.Code {
	case 0:
		return nil, nil
	case 5100:
		return ids, errServers
	case 5400:
		var failed []string
		for id, e := range r.Detail {
			if e.Code != 0 {
				failed = append(failed, id)
			}
		}
		return failed, errServers
	}
	return nil, fmt.Errorf("start: %s", r.Message)
}

// Silent: RestartInstances lets 5400 pass with its detail, which is inspected.
func (a *App) Restart(ids []string) error {
	r, err := a.api.RestartInstances(ids)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("restart %s: %s", id, e.Msg)
		}
	}
	return nil
}

// Silent: the error that DetachDisks gives has the detail.
func (a *App) Detach(ids []string) (map[string]sdk.Item, error) {
	r, err := a.api.DetachDisks(ids)
	var body *sdk.BodyError
	if errors.As(err, &body) {
		r = new(sdk.DiskResponse)
		if err := json.Unmarshal(body.Body, r); err != nil {
			return nil, err
		}
		return r.Detail, body
	}
	if err != nil {
		return nil, err
	}
	return r.Detail, nil
}

// Silent: the response is returned to somebody who can look.
func (a *App) StartRaw(ids []string) (*sdk.StartResponse, error) {
	return a.api.StartInstances(ids)
}
