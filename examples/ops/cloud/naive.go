package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"
)

// Naive operates the cloud and misreads its answers.
type Naive struct{ *Client }

// StopServers knows that all servers may fail. It doesn't know that some may.
func (c Naive) StopServers(ctx context.Context, ids ...string) error {
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
	if r.Code == codeAllFailed {
		return fmt.Errorf("stop servers: %s", r.Message)
	}
	return nil
}

// ResetPasswords treats every code but success as a failure of all servers. A
// retry with another password changes passwords that were changed already.
func (c Naive) ResetPasswords(ctx context.Context, password string, ids ...string) error {
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
	if r.Code != codeDone {
		return fmt.Errorf("reset passwords: %s", r.Message)
	}
	return nil
}

// StartServers counts the servers in the answer instead of those that failed.
func (c Naive) StartServers(ctx context.Context, ids ...string) error {
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
	if r.Code != codeDone {
		return fmt.Errorf("start servers: %d of %d failed", len(r.Detail), len(ids))
	}
	return nil
}

// CreateLoadBalancer returns the task without checking that there is one.
func (c Naive) CreateLoadBalancer(ctx context.Context, name string) (task string, err error) {
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
	return r.RequestID, nil
}

// WaitTask believes that failures are positive. If the code is negative, the
// status is zero, as for a task that is done.
func (c Naive) WaitTask(ctx context.Context, task string) error {
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
		if r.Code > 0 {
			return fmt.Errorf("task %s: %s", task, r.Message)
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

// DeleteLoadBalancer believes that it can only fail if there is nothing to
// delete.
func (c Naive) DeleteLoadBalancer(ctx context.Context, name string) error {
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
	if r.Code != codeDone {
		return nil // already gone
	}
	return c.WaitTask(ctx, r.RequestID)
}
