package batchpartialsuccess

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"net/http"
	"os"
)

// Silent: with 5400 the detail is passed to an unknown callee.
func DeleteRetries(api API, ids []string, retry func(map[string]Outcome) error) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return nil
	case 5400:
		return retry(r.Detail)
	}
	return errRefused
}

// Silent: the caller has the detail, whatever the code says about it.
func DeleteDetail(api API, ids []string) (map[string]Outcome, error) {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return nil, errRefused
	}
	return r.Detail, nil
}

// Silent: every entry's code is read and decides who is done.
func DeletedOnes(api API, ids []string) ([]string, error) {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return nil, errRefused
	}
	var done []string
	for id, o := range r.Detail {
		if o.Code == 0 {
			done = append(done, id)
		}
	}
	return done, nil
}

// Silent: an entry's code is stored, which is a use.
func RecordCodes(api API, ids []string, codes map[string]int) error {
	r, err := api.Do("RenameLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code == 4100 {
		return errRefused
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return fmt.Errorf("rename: %s", r.Message)
	}
	for id, o := range r.Detail {
		codes[id] = o.Code
	}
	return nil
}

// Silent: the whole response is passed to an unknown callee, its code and its
// detail with it.
func DeleteRendered(api API, ids []string, render func(*Answer)) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	render(r)
	if r.Code == 5100 {
		return errAllFailed
	}
	return nil
}

// Silent: the answer is encoded for somebody else.
func DeleteHandler(api API) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r, err := api.Do("DeleteLoadBalancers", req.URL.Query()["id"])
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		if r.Code == 5100 {
			w.WriteHeader(http.StatusBadGateway)
		}
		if err := json.NewEncoder(w).Encode(r); err != nil {
			log.Print(err)
		}
	}
}

// Silent: the encoded detail goes into a file, so its output does not reach
// printers only.
func DeleteJournaled(api API, ids []string, journal string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.WriteFile(journal, data, 0o600); err != nil {
		return err
	}
	if r.Code == 5100 {
		return errAllFailed
	}
	return nil
}

// Silent: the answers are collected for the caller.
func DeletePages(api API, pages [][]string) (all []*Answer, err error) {
	for _, ids := range pages {
		r, err := api.Do("DeleteLoadBalancers", ids)
		if err != nil {
			return nil, err
		}
		if r.Code == 5100 {
			return nil, errAllFailed
		}
		all = append(all, r)
	}
	return all, nil
}

// Job is a call whose answer is looked at later.
type Job struct {
	Answer  *Answer
	Details map[string]Outcome
}

// Silent: the answer is stored where it outlives the function.
func (j *Job) Run(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	j.Answer = r
	if r.Code == 5100 {
		return errAllFailed
	}
	return nil
}

// Silent: the detail is stored in the receiver.
func (j *Job) Keep(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	j.Details = r.Detail
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	return nil
}

// Silent: maps.Copy gets the detail, and what it does with it is unknown here.
func (j *Job) Merge(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errRefused
	}
	maps.Copy(j.Details, r.Detail)
	return nil
}

// Silent: one load balancer was asked for, and its entry's code is the result.
func DeleteOne(api API, id string) (bool, error) {
	r, err := api.Do("DeleteLoadBalancers", []string{id})
	if err != nil {
		return false, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return false, errRefused
	}
	return r.Detail[id].Code == 0, nil
}

// Silent: the code is not judged here, and the unknown callee with an error
// result may have judged it.
func DeleteTrusting(api API, ids []string) error {
	_, err := api.Do("DeleteLoadBalancers", ids)
	return err
}

// Silent: only 0 succeeds, and every failure hands the answer on in its error.
func DeleteOrError(api API, ids []string) error {
	r, err := api.Do("DeleteLoadBalancers", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return &AnswerError{Action: "DeleteLoadBalancers", Answer: r}
	}
	return nil
}

// Silent: with named constants the partial failure is told apart, and its
// entries are inspected.
func ModifyNamedInspected(b []byte) error {
	var r NamedAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case OK:
		return nil
	case PartialFailure:
		for id, o := range r.Detail {
			if o.Code != int(OK) {
				return fmt.Errorf("modify %s: %s", id, o.Message)
			}
		}
		return nil
	}
	return errRefused
}

// Silent: every disk is inspected through its pointer before the outer code is
// looked at.
func DetachThenJudge(api API, ids []string) error {
	r, err := api.DoDisks("DetachDisks", ids)
	if err != nil {
		return err
	}
	for _, o := range r.Detail {
		if o.Code != 0 {
			return fmt.Errorf("detach %s: %s", o.DiskID, o.Msg)
		}
	}
	if r.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: the symbolic name tells success apart, and the rest carries the
// detail.
func ModifyByDescriptionInspected(b []byte) (map[string]Outcome, error) {
	var r DescAnswer
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, err
	}
	if r.CodeDesc != "Success" {
		return r.Detail, fmt.Errorf("modify: %s", r.CodeDesc)
	}
	return nil, nil
}
