package api

import (
	"encoding/json"
	"fmt"
)

// CreateSnapshotResponse is a single result.
type CreateSnapshotResponse struct {
	Strict
	Code       *int    `json:"code"`
	Message    *string `json:"message"`
	CodeDesc   *string `json:"codeDesc"`
	SnapshotID *string `json:"snapshotId"`
	TaskID     *int    `json:"taskId"`
}

// Silent: nil means code 0.
func (r *CreateSnapshotResponse) CheckError() error {
	if r.Code == nil || *r.Code != 0 {
		return newError("CreateSnapshot", r.Code, r.Message)
	}
	return nil
}

// ApplySnapshotResponse is a single result.
type ApplySnapshotResponse struct {
	Code     *int    `json:"code"`
	Message  *string `json:"message"`
	CodeDesc *string `json:"codeDesc"`
	TaskID   *int    `json:"taskId"`
}

// Negative codes are taken for a success.
func (r *ApplySnapshotResponse) CheckError() error {
	if r.Code == nil || *r.Code > 0 { // want "result-nonzero-success"
		return newError("ApplySnapshot", r.Code, r.Message)
	}
	return nil
}

// DeleteSnapshotResponse is a batch.
type DeleteSnapshotResponse struct {
	Strict
	Code     *int    `json:"code"`
	Message  *string `json:"message"`
	CodeDesc *string `json:"codeDesc"`
	Detail   *map[string]*struct {
		Code *int    `json:"code"`
		Msg  *string `json:"msg"`
	} `json:"detail"`
}

// It is right for a single result. With 5400 nobody learns which snapshots
// are still there.
func (r *DeleteSnapshotResponse) CheckError() error {
	if r.Code == nil || *r.Code != 0 { // want "batch-partial-as-failure"
		return newError("DeleteSnapshot", r.Code, r.Message)
	}
	return nil
}

// DiskResponse is a batch.
type DiskResponse struct {
	Lax
	Code    *int    `json:"code"`
	Message *string `json:"message"`
	Detail  *map[string]*struct {
		Code *int    `json:"code"`
		Msg  *string `json:"msg"`
	} `json:"detail"`
}

// Silent: it looks at every entry.
func (r *DiskResponse) CheckError() error {
	if r.Code == nil {
		return newError("disk", nil, r.Message)
	}
	if r.Detail != nil {
		for id, e := range *r.Detail {
			if e == nil || e.Code == nil || *e.Code != 0 {
				return newError("disk "+id, r.Code, r.Message)
			}
		}
	}
	if *r.Code != 0 {
		return newError("disk", r.Code, r.Message)
	}
	return nil
}

// CreateSnapshot gives an answer whose code is 0.
//
// Silent: Do lets no other code pass.
func (c *Client) CreateSnapshot(disk string) (*CreateSnapshotResponse, error) {
	r := &CreateSnapshotResponse{}
	if err := c.Do("CreateSnapshot", map[string]string{"storageId": disk}, r); err != nil {
		return nil, err
	}
	return r, nil
}

// CreateSnapshotRaw gives any answer.
//
// Silent: the response is returned.
func (c *Client) CreateSnapshotRaw(disk string) (r *CreateSnapshotResponse, err error) {
	r = &CreateSnapshotResponse{}
	err = c.DoRaw("CreateSnapshot", map[string]string{"storageId": disk}, r)
	return
}

// CreateSnapshotChecked gives an answer that has checked itself.
//
// Silent: nil of CheckError means code 0.
func (c *Client) CreateSnapshotChecked(disk string) (*CreateSnapshotResponse, error) {
	r, err := c.CreateSnapshotRaw(disk)
	if err != nil {
		return nil, err
	}
	if err := r.CheckError(); err != nil {
		return nil, err
	}
	return r, nil
}

// ApplySnapshot gives any answer.
//
// Silent: the response is returned.
func (c *Client) ApplySnapshot(id string) (*ApplySnapshotResponse, error) {
	text, err := c.Send("ApplySnapshot", map[string]string{"snapshotId": id})
	if err != nil {
		return nil, err
	}
	r := new(ApplySnapshotResponse)
	if err := json.Unmarshal([]byte(text), r); err != nil {
		return nil, fmt.Errorf("apply %s: %w", id, err)
	}
	return r, nil
}

// DeleteSnapshots gives any answer.
//
// Silent: the response is returned.
func (c *Client) DeleteSnapshots(args map[string]string) (*DeleteSnapshotResponse, error) {
	r := new(DeleteSnapshotResponse)
	if err := c.DoRaw("DeleteSnapshot", args, r); err != nil {
		return nil, err
	}
	return r, nil
}

// AttachDisks gives any answer.
//
// Silent: the response is returned.
func (c *Client) AttachDisks(args map[string]string) (*DiskResponse, error) {
	var r DiskResponse
	if err := c.DoRaw("AttachCbsStorages", args, &r); err != nil {
		return nil, err
	}
	return &r, nil
}
