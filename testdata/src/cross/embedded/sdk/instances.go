package sdk

import "fmt"

// Item is what happened to one instance.
type Item struct {
	Code      int    `json:"code"`
	Msg       string `json:"msg"`
	RequestID int    `json:"requestId"`
}

// StopResponse is the answer to StopInstances.
type StopResponse struct {
	Response
	Detail map[string]Item `json:"detail"`
}

// StartResponse is the answer to StartInstances.
type StartResponse struct {
	*Response
	Detail map[string]*Item `json:"detail"`
}

// DiskResponse is the answer to AttachDisks and DetachDisks.
type DiskResponse struct {
	Response
	Detail map[string]Item `json:"detail"`
}

// StopInstances asks for a batch through Invoke, and loses its detail.
func (c *Client) StopInstances(ids []string) (*StopResponse, error) {
	var r StopResponse
	if err := c.Invoke("StopInstances", list("instanceIds", ids), &r); err != nil { // want "batch-detail-unreachable"
		return nil, err
	}
	return &r, nil
}

// AttachDisks looks at every entry of a detail that it gets with code 0 alone.
func (c *Client) AttachDisks(ids []string, instance string) error {
	args := list("storageIds", ids)
	args["uInstanceId"] = instance
	r := new(DiskResponse)
	err := c.Invoke("AttachCbsStorages", args, r) // want "batch-detail-unreachable"
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("attach %s: %s", id, e.Msg)
		}
	}
	return nil
}

// StartInstances gives its caller a batch that nobody has looked at.
//
// Silent: the response is returned.
func (c *Client) StartInstances(ids []string) (*StartResponse, error) {
	var r StartResponse
	if err := c.InvokeRaw("StartInstances", list("instanceIds", ids), &r); err != nil {
		return nil, err
	}
	return &r, nil
}

// RestartInstances gives its caller a batch with code 0, 5100 or 5400.
//
// Silent: the response is returned, and 5400 comes with its detail.
func (c *Client) RestartInstances(ids []string) (*StopResponse, error) {
	r := &StopResponse{}
	err := c.InvokeBatch("RestartInstances", list("instanceIds", ids), r)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// DetachDisks gives its caller the answer, or an error that has the answer.
//
// Silent: the detail is in the error.
func (c *Client) DetachDisks(ids []string) (*DiskResponse, error) {
	r := &DiskResponse{}
	if err := c.InvokeBody("DetachCbsStorages", list("storageIds", ids), r); err != nil {
		return nil, err
	}
	return r, nil
}

// CreateResponse is the answer to CreateLoadBalancer.
type CreateResponse struct {
	Response
	RequestID   int      `json:"requestId"`
	BalancerIDs []string `json:"loadBalancerIds"`
}

// CreateBalancer gives its caller a result whose code is 0, or an error.
//
// Silent: Invoke lets no other code pass.
func (c *Client) CreateBalancer(name string) (r CreateResponse, err error) {
	err = c.Invoke("CreateLoadBalancer", Args{"loadBalancerName": name}, &r)
	return r, err
}

// CreateBalancerRaw gives its caller a result that nobody has looked at.
//
// Silent: the response is returned.
func (c *Client) CreateBalancerRaw(name string) (*CreateResponse, error) {
	r := new(CreateResponse)
	if err := c.InvokeRaw("CreateLoadBalancer", Args{"loadBalancerName": name}, r); err != nil {
		return nil, err
	}
	return r, nil
}

// DeleteBalancer gives its caller an error for every code but 0.
//
// Silent: Invoke lets no other code pass.
func (c *Client) DeleteBalancer(id string) error {
	var r CreateResponse
	return c.Invoke("DeleteLoadBalancers", Args{"loadBalancerIds.0": id}, &r)
}

// DeleteBalancerRaw takes any answer for a deletion.
func (c *Client) DeleteBalancerRaw(id string) error {
	var r CreateResponse
	return c.InvokeRaw("DeleteLoadBalancers", Args{"loadBalancerIds.0": id}, &r) // want "result-unchecked"
}

// TaskResponse is the answer to DescribeLoadBalancersTaskResult.
type TaskResponse struct {
	Response
	Data struct {
		Status int `json:"status"`
	} `json:"data"`
}

// TaskStatus gives the state of a task.
//
// Silent: Invoke lets no other code pass.
func (c *Client) TaskStatus(task int) (int, error) {
	var r TaskResponse
	if err := c.Invoke("DescribeLoadBalancersTaskResult", Args{"requestId": fmt.Sprint(task)}, &r); err != nil {
		return 0, err
	}
	return r.Data.Status, nil
}
