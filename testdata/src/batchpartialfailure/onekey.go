package batchpartialfailure

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// Caller sends one action with parameters.
type Caller interface {
	Call(action string, params map[string]string) (*Answer, error)
	Post(action string, form url.Values) (*Answer, error)
}

var errDetach = errors.New("detach failed")

// ---- silent ----

// Silent: the request names one disk, and if something failed it is that.
func Detach(c Caller, id string) error {
	params := map[string]string{"zone": "gz"}
	params["storageIds.0"] = id
	r, err := c.Call("DetachCbsStorages", params)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errDetach
	}
	return nil
}

// Silent: the key stands in the literal, and indexes may begin with 1.
func DetachLiteral(c Caller, id string) error {
	r, err := c.Call("DetachCbsStorages", map[string]string{"zone": "gz", "storageIds.1": id})
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errDetach
	}
	return nil
}

const storageIDs = "storageIds"

// Silent: so does a key that is put together of constants, in a form.
func DetachForm(c Caller, id string) error {
	form := url.Values{}
	form.Set("zone", "gz")
	form.Add(storageIDs+".0", id)
	r, err := c.Post("DetachCbsStorages", form)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errDetach
	}
	return nil
}

// Silent: each request names one.
func DetachEach(c Caller, ids []string) error {
	for _, id := range ids {
		r, err := c.Post("DetachCbsStorages", url.Values{"storageIds.0": {id}})
		if err != nil {
			return err
		}
		if r.Code != 0 {
			return fmt.Errorf("detach %s: code %d", id, r.Code)
		}
	}
	return nil
}

// Silent: it names one disk and one server.
func Attach(c Caller, disk, server string) error {
	r, err := c.Call("AttachCbsStorages", map[string]string{"storageIds.0": disk, "uInstanceIds.0": server})
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errDetach
	}
	return nil
}

// Silent: what is counted by a computed key is no request.
func DetachCounted(c Caller, id string, count map[string]string) error {
	count["detached."+id] = "1"
	params := make(map[string]string)
	params["storageIds.0"] = id
	r, err := c.Call("DetachCbsStorages", params)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return errDetach
	}
	return nil
}

// Silent: the detail that is printed is that of the one disk.
func DetachPrinted(c Caller, id string) error {
	r, err := c.Call("DetachCbsStorages", map[string]string{"storageIds.0": id})
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return fmt.Errorf("detach: %v", r.Detail)
	}
	return nil
}

// ---- reported ----

// A second index names a second disk.
func DetachTwo(c Caller, first, second string) error {
	params := map[string]string{"storageIds.0": first}
	params["storageIds.1"] = second
	r, err := c.Call("DetachCbsStorages", params)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errDetach
	}
	return nil
}

// The index is computed.
func DetachAll(c Caller, ids []string) error {
	params := make(map[string]string)
	for i, id := range ids {
		params[fmt.Sprintf("storageIds.%d", i)] = id
	}
	r, err := c.Call("DetachCbsStorages", params)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errDetach
	}
	return nil
}

// The first is set by a constant, the others are not.
func DetachFirst(c Caller, first string, ids []string) error {
	params := url.Values{}
	params.Set("storageIds.0", first)
	for i, id := range ids {
		params.Set("storageIds."+strconv.Itoa(i+1), id)
	}
	r, err := c.Post("DetachCbsStorages", params)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errDetach
	}
	return nil
}

// Without an index, there may be a list in the value.
func DetachList(c Caller, ids string) error {
	r, err := c.Call("DetachCbsStorages", map[string]string{"storageIds": ids})
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errDetach
	}
	return nil
}

// The index is not the last part: it is one of a disk to be bought, of which there may be many.
func Create(c Caller, size, count string) error {
	r, err := c.Call("CreateCbsStorages", map[string]string{"disks.0.size": size, "disks.0.count": count})
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errDetach
	}
	return nil
}

// That its failure passes for a success is another matter.
func DetachTotal(c Caller, id string) error {
	r, err := c.Call("DetachCbsStorages", map[string]string{"storageIds.0": id})
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errDetach
	}
	return nil
}
