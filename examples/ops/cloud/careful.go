package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Careful operates the cloud and reads its answers correctly.
type Careful struct{ *Client }

// A PartialError says which servers failed, so that the caller can try again
// with only those.
type PartialError struct {
	Action string
	Failed map[string]Result // by server
}

// Servers returns the servers that failed, sorted.
func (e *PartialError) Servers() []string {
	var ids []string
	for id := range e.Failed {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (e *PartialError) Error() string {
	var b strings.Builder
	b.WriteString(e.Action)
	sep := ": "
	for _, id := range e.Servers() {
		fmt.Fprintf(&b, "%s%s: %s (%d)", sep, id, e.Failed[id].Message, e.Failed[id].Code)
		sep = "; "
	}
	return b.String()
}

// StopServers returns a *PartialError if some servers didn't stop.
func (c Careful) StopServers(ctx context.Context, ids ...string) error {
	req, err := c.request(ctx, "StopInstances", url.Values{"id": ids})
	if err != nil {
		return err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r Batch
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	return r.err("stop servers")
}

// ResetPasswords returns a *PartialError if some servers kept their password.
func (c Careful) ResetPasswords(ctx context.Context, password string, ids ...string) error {
	req, err := c.request(ctx, "ResetInstancesPassword", url.Values{"id": ids, "password": {password}})
	if err != nil {
		return err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r Batch
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	return r.err("reset passwords")
}

// StartServers returns a *PartialError if some servers didn't start.
func (c Careful) StartServers(ctx context.Context, ids ...string) error {
	req, err := c.request(ctx, "StartInstances", url.Values{"id": ids})
	if err != nil {
		return err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r Batch
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	return r.err("start servers")
}

// err returns nil if every server succeeded, a *PartialError if the detail
// says which failed, and another error if the request as a whole was refused.
func (r *Batch) err(action string) error {
	switch r.Code {
	case codeDone:
		return nil
	case codeSomeFailed, codeAllFailed:
		failed := make(map[string]Result)
		for id, e := range r.Detail {
			if e.Code != codeDone {
				failed[id] = e
			}
		}
		return &PartialError{Action: action, Failed: failed}
	}
	return fmt.Errorf("%s: %s (%d)", action, r.Message, r.Code)
}

// CreateLoadBalancer returns the task of a request that was accepted.
func (c Careful) CreateLoadBalancer(ctx context.Context, name string) (task string, err error) {
	req, err := c.request(ctx, "CreateLoadBalancer", url.Values{"name": {name}})
	if err != nil {
		return "", err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var r Result
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return "", err
	}
	if r.Code != codeDone {
		return "", fmt.Errorf("create load balancer %s: %s (%d)", name, r.Message, r.Code)
	}
	return r.RequestID, nil
}

// WaitTask waits until the task is done. It gives an error if the task failed or
// if its state is unknown.
func (c Careful) WaitTask(ctx context.Context, task string) error {
	for {
		req, err := c.request(ctx, "DescribeTask", url.Values{"requestId": {task}})
		if err != nil {
			return err
		}
		resp, err := c.HTTP.Do(req)
		if err != nil {
			return err
		}
		var r Task
		err = json.NewDecoder(resp.Body).Decode(&r)
		resp.Body.Close()
		if err != nil {
			return err
		}
		if r.Code != codeDone {
			return fmt.Errorf("task %s: %s (%d)", task, r.Message, r.Code)
		}
		switch r.Data.Status {
		case statusTaskDone:
			return nil
		case statusTaskFailed:
			return fmt.Errorf("task %s failed", task)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(c.Interval):
		}
	}
}

// DeleteLoadBalancer succeeds if the load balancer is gone in the end.
func (c Careful) DeleteLoadBalancer(ctx context.Context, name string) error {
	req, err := c.request(ctx, "DeleteLoadBalancer", url.Values{"name": {name}})
	if err != nil {
		return err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r Result
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	switch r.Code {
	case codeDone:
		return c.WaitTask(ctx, r.RequestID)
	case codeNotFound:
		return nil // already gone
	}
	return fmt.Errorf("delete load balancer %s: %s (%d)", name, r.Message, r.Code)
}
