// Package app uses package call, right and wrong.
package app

import (
	"errors"
	"fmt"
	"net/url"

	"cross/generic/call"
)

// Balancer is the data of some results.
type Balancer struct {
	ID string `json:"loadBalancerId"`
}

// Created is a result of our own.
type Created struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a number result.
func (c Created) GetCode() int { return c.Code }

type (
	balancerResp = call.Resp[Balancer]
	stopResp     = call.BatchResp[call.Item]
)

var (
	errBalancer = errors.New("no load balancer")
	errServers  = errors.New("servers failed")
)

// App runs load balancers.
type App struct{ c *call.Client }

// Silent: there is no response in sight.
func (a *App) poll(task string) error {
	if task == "" {
		return errBalancer
	}
	return nil
}

// Silent: a helper with a bool result.
func bad(i call.Item) bool { return i.Code != 0 }

// ---- right ----

// Silent: the code is judged here.
func (a *App) Create(args url.Values) (string, error) {
	r, err := call.Call[balancerResp](a.c, "CreateLoadBalancer", args)
	if err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", fmt.Errorf("create: %s", r.Message)
	}
	return r.Data.ID, nil
}

// Silent: Err of any instance means code 0 by nil.
func (a *App) CreateErr(args url.Values) error {
	r, err := call.Call[balancerResp](a.c, "CreateLoadBalancer", args)
	if err != nil {
		return err
	}
	if err := r.Err(); err != nil {
		return err
	}
	return a.poll(r.RequestID)
}

// Silent: Data tells zero from the others.
func (a *App) CreateData(args url.Values) (Balancer, error) {
	return call.Data(call.Call[balancerResp](a.c, "CreateLoadBalancer", args))
}

// Silent: Checked lets only code 0 pass.
func (a *App) CreateChecked(args url.Values) error {
	r, err := call.Checked[Created](a.c, "CreateLoadBalancer", args)
	if err != nil {
		return err
	}
	return a.poll(r.RequestID)
}

// Silent: likewise, if nobody needs the answer.
func (a *App) Ensure(args url.Values) error {
	_, err := call.Checked[*Created](a.c, "CreateLoadBalancer", args)
	return err
}

// Silent: Must panics where Checked has an error.
func (a *App) MustCreate(args url.Values) string {
	return call.Must(call.Checked[Created](a.c, "CreateLoadBalancer", args)).RequestID
}

// Silent: what a type parameter's method says of the answer is not known.
func (a *App) CreateCoded(args url.Values) error {
	_, err := call.CallCoded[Created](a.c, "CreateLoadBalancer", args)
	return err
}

// Silent: every entry is inspected.
func (a *App) Stop(args url.Values) error {
	r, err := call.Call[stopResp](a.c, "StopInstances", args)
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if bad(e) {
			return fmt.Errorf("stop %s: %s", id, e.Message)
		}
	}
	return nil
}

// Silent: Failed asks a function that reads every entry's code.
func (a *App) StopFailed(args url.Values) ([]string, error) {
	r, err := call.Call[stopResp](a.c, "StopInstances", args)
	if err != nil {
		return nil, err
	}
	if r.OK() {
		return nil, nil
	}
	return r.Failed(bad), errServers
}

// Silent: the instance has no entries with a code, and is no batch.
func (a *App) Names(args url.Values) (map[string]string, error) {
	r, err := call.Checked[call.BatchResp[string]](a.c, "DescribeNames", args)
	if err != nil {
		return nil, err
	}
	return r.Detail, nil
}

// Silent: the decoded result is judged.
func Parse(body []byte) (string, error) {
	r, err := call.Decode[Created](body)
	if err != nil {
		return "", err
	}
	if r.Code != 0 {
		return "", errBalancer
	}
	return r.RequestID, nil
}

// ---- wrong ----

// Nobody has looked at the code.
func (a *App) EnsureRaw(args url.Values) error {
	_, err := call.Call[Created](a.c, "CreateLoadBalancer", args) // want "result-unchecked"
	return err
}

// The task of an answer that nobody looked at.
func (a *App) CreateUnchecked(args url.Values) error {
	r, err := call.Call[balancerResp](a.c, "CreateLoadBalancer", args) // want "result-unchecked"
	if err != nil {
		return err
	}
	return a.poll(r.RequestID)
}

// Must has looked at the error, and not at the code.
func (a *App) MustCreateRaw(args url.Values) string {
	r := call.Must(call.Call[Created](a.c, "CreateLoadBalancer", args)) // want "result-unchecked"
	return r.RequestID
}

// Decode decodes.
func ParseRaw(body []byte) (string, error) {
	r, err := call.Decode[Created](body) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return r.RequestID, nil
}

// Negative codes pass.
func (a *App) CreatePositive(args url.Values) (string, error) {
	r, err := call.Call[*balancerResp](a.c, "CreateLoadBalancer", args)
	if err != nil {
		return "", err
	}
	if r.Code > 0 { // want "result-nonzero-success"
		return "", errBalancer
	}
	return r.Data.ID, nil
}

// A refusal passes for a balancer.
func (a *App) CreateQuietly(args url.Values) error {
	r, err := call.Call[balancerResp](a.c, "CreateLoadBalancer", args)
	if err != nil {
		return err
	}
	if !r.OK() {
		return nil // want "result-failure-dropped"
	}
	return a.poll(r.RequestID)
}

// With 5400 nobody learns which servers still run.
func (a *App) StopAll(args url.Values) error {
	r, err := call.Call[stopResp](a.c, "StopInstances", args)
	if err != nil {
		return err
	}
	if !r.OK() { // want "batch-partial-as-failure"
		return errServers
	}
	return nil
}

// 5400 is not 5100, even if Must saw no error.
func (a *App) StopSome(args url.Values) error {
	r := call.Must(call.Call[stopResp](a.c, "StopInstances", args))
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errServers
	}
	return nil
}

// The number of entries includes those that succeeded.
func (a *App) StopCount(args url.Values) error {
	r, err := call.Call[stopResp](a.c, "StopInstances", args)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return fmt.Errorf("%w: %d", errServers, len(r.Detail))
	}
	return nil
}

// Checked loses the detail of any batch.
func (a *App) StopChecked(args url.Values) error {
	_, err := call.Checked[stopResp](a.c, "StopInstances", args) // want "batch-detail-unreachable"
	return err
}

// The loop sees nothing but successes.
func (a *App) StopCheckedLoop(args url.Values) error {
	r, err := call.Checked[*stopResp](a.c, "StopInstances", args) // want "batch-detail-unreachable"
	if err != nil {
		return err
	}
	if ids := r.Failed(bad); len(ids) > 0 {
		return fmt.Errorf("%w: %v", errServers, ids)
	}
	return nil
}
