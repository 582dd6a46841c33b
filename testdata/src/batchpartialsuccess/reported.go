package batchpartialsuccess

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
)

// The failure is logged and forgotten: load balancers that are still there
// count as deleted.
func DeleteLogged(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-success"
		log.Printf("delete load balancers: %s", r.Message)
	}
	return nil
}

// 5400 is excepted from the failures, and nothing is done with it.
func DeleteExceptsPartial(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return errRefused
	}
	return nil
}

// Only codes from 5500 on count as failures: disks that were not attached pass
// for attached.
func AttachThreshold(api API, ids []string) error {
	r, err := api.DoDisks("AttachDisks", ids)
	if err != nil {
		return err
	}
	if r.Code >= 5500 { // want "batch-partial-as-success"
		return fmt.Errorf("attach: %s", r.Message)
	}
	return nil
}

// The members are promoted from the embedded header; a disk that stayed
// attached passes for detached.
func DetachEmbedded(b []byte) error {
	var r DiskAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Header.Code == 5100 { // want "batch-partial-as-success"
		return errors.New("detach: " + r.Message)
	}
	return nil
}

// The task is tracked as if every load balancer had one.
func RenameTracked(api API, ids []string) error {
	r, err := api.Do("RenameLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	api.Track(r.RequestID)
	return nil
}

// True says that every load balancer was deleted, and 5400 says it too.
func Deleted(api API, ids []string) bool {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return false
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return false
	}
	return true
}

// "done" is logged for a call that left some load balancers behind.
func DeleteInBackground(api API, ids []string) {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		log.Print(err)
		return
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		log.Print("delete load balancers: all failed")
		return
	}
	log.Print("delete load balancers: done")
}

// The caller gets the message of a partial failure and a nil error.
func RenameMessage(b []byte) (string, error) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return "", errAllFailed
	}
	return r.Message, nil
}

// Check gives its verdict on every answer of the client: its callers take 5400
// for success.
func Check(r *Answer) error {
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// Verify is the verdict as a method, and has the same hole.
func (r *DiskAnswer) Verify() error {
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return fmt.Errorf("code %d: %s", r.Code, r.Message)
	}
	return nil
}

// Only a code that is there and is 5100 fails.
func ModifyPointers(b []byte) error {
	var r PtrAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != nil && *r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// The entries are inspected where the code has told already that all failed,
// and not where only they can tell.
func DeleteInspectsTotal(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		for id, o := range r.Detail {
			if o.Code != 0 {
				return fmt.Errorf("delete %s: %s", id, o.Message)
			}
		}
		return errAllFailed
	}
	return nil
}

// A counter rises by one; the load balancers that were not renamed stay
// unnamed.
func RenameCounted(api API, ids []string) error {
	r, err := api.Do("RenameLoadBalancers", ids)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-success"
	case 0:
	case 5400:
		partials.Add(1)
	default:
		return errRefused
	}
	return nil
}

// The named constants hide nothing: partial failure shares its case with OK.
func ModifyNamed(b []byte) error {
	var r NamedAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-success"
	case OK, PartialFailure:
		return nil
	case TotalFailure:
		return errAllFailed
	}
	return errRefused
}

// A float code is a code like any other.
func ModifyFloat(b []byte) error {
	var r FloatAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// One symbolic name is a failure, every other one passes: PartialFailure too.
func ModifyByDescription(b []byte) error {
	var r DescAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.CodeDesc == "TotalFailure" { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// Straight from the network: servers that were not registered get no traffic,
// and nobody knows.
func Register(endpoint string) error {
	resp, err := http.Get(endpoint + "?Action=RegisterInstancesWithLoadBalancer")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r Answer
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return err
	}
	if r.Code == 4100 || r.Code == 5100 { // want "batch-partial-as-success"
		return errRefused
	}
	return nil
}

// The answer comes out of an interface value; its detail goes nowhere.
func Applied(v any) error {
	r, ok := v.(*Answer)
	if !ok {
		return fmt.Errorf("unexpected %T", v)
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// The code alone is handed on to the histogram; that settles nothing for the
// detail.
func RenameObserved(api API, ids []string, observe func(int)) error {
	r, err := api.Do("RenameLoadBalancers", ids)
	if err != nil {
		return err
	}
	observe(r.Code)
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	return nil
}

// Every failure returns nil, partial failure among them: what is left undone
// stays undone.
func DeleteBestEffort(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-success"
		return nil
	}
	api.Track(r.RequestID)
	return nil
}

// The entries are inspected only where somebody wants to see them.
func DeleteVerbose(api API, ids []string, failed *[]string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errAllFailed
	}
	if failed == nil {
		return nil
	}
	for id, o := range r.Detail {
		if o.Code != 0 {
			*failed = append(*failed, id)
		}
	}
	return nil
}
