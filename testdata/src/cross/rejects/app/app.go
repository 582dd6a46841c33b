// Package app asks package sdk for batches. What sdk does about a partial failure,
// app can't mend.
package app

import (
	"errors"
	"fmt"
	"net/url"

	"cross/rejects/sdk"
)

// App stops instances.
type App struct{ c *sdk.Client }

// ---- right ----

// Silent: the request names one instance, and if something failed it is that.
func (a *App) StopOne(id string) error {
	_, err := a.c.Stop(url.Values{"instanceIds.0": {id}})
	return err
}

// Silent: so does the request that is made for it.
func (a *App) StartOne(id string) error {
	_, err := a.c.StartOne(id)
	return err
}

// Silent: the answer comes beside the error.
func (a *App) StopBoth(form url.Values) error {
	r, err := a.c.StopBoth(form)
	if r != nil {
		for id, i := range r.Detail {
			if i.Code != 0 {
				return fmt.Errorf("%s: %s", id, i.Message)
			}
		}
	}
	return err
}

// Silent: the error has the answer.
func (a *App) StopError(form url.Values) ([]string, error) {
	_, err := a.c.StopError(form)
	var e *sdk.Error
	if errors.As(err, &e) {
		var failed []string
		for id, i := range e.Answer.Detail {
			if i.Code != 0 {
				failed = append(failed, id)
			}
		}
		return failed, err
	}
	return nil, err
}

// Silent: the error names the instances.
func (a *App) StopNamed(form url.Values) error {
	_, err := a.c.StopNamed(form)
	return err
}

// Silent: a partial failure comes without an error.
func (a *App) StopPartial(form url.Values) error {
	r, err := a.c.StopPartial(form)
	if err != nil {
		return err
	}
	for id, i := range r.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}

// Silent: the client keeps the answers.
func (a *App) StopKept(form url.Values) error {
	_, err := a.c.StopKept(form)
	return err
}

// Silent: the detail is there in spite of the error.
func (a *App) Into(form url.Values) error {
	var r sdk.Batch
	err := a.c.Into(form, &r)
	for id, i := range r.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return err
}

// ---- wrong ----

// With 5400 there is an error and no detail.
func (a *App) Stop(form url.Values) error {
	_, err := a.c.Stop(form) // want "batch-detail-unreachable"
	return err
}

// So there is with what fills the caller's memory.
func (a *App) StopFilled(form url.Values) error {
	var r sdk.Batch
	return a.c.Fill(form, &r) // want "batch-detail-unreachable"
}

// What the loop looks at are successes.
func (a *App) StopLoop(form url.Values) error {
	r, err := a.c.Stop(form) // want "batch-detail-unreachable"
	if err != nil {
		return err
	}
	for id, i := range r.Detail {
		if i.Code != 0 {
			return fmt.Errorf("%s: %s", id, i.Message)
		}
	}
	return nil
}

// The detail is in the log of another program.
func (a *App) StopLogged(form url.Values) error {
	_, err := a.c.StopLogged(form) // want "batch-detail-unreachable"
	return err
}

// Two of the errors are as good as one.
func (a *App) StopAll(form url.Values) error {
	_, err := a.c.StopAll(form) // want "batch-detail-unreachable"
	return err
}

// Two calls away.
func (a *App) StopTwice(form url.Values) error {
	_, err := a.c.StopTwice(form) // want "batch-detail-unreachable"
	return err
}

// By way of a generic function.
func (a *App) Reboot(form url.Values) error {
	_, err := a.c.Reboot(form) // want "batch-detail-unreachable"
	return err
}

// Likewise.
func (a *App) RebootChecked(form url.Values) error {
	_, err := a.c.RebootChecked(form) // want "batch-detail-unreachable"
	return err
}

// By the generic function itself.
func (a *App) Start(form url.Values) error {
	_, err := sdk.Call[sdk.Batch](a.c, "StartInstances", form) // want "batch-detail-unreachable"
	return err
}

// A probe in front of the batch is as good as a look at the batch.
func (a *App) StopProbed(form url.Values) error {
	_, err := a.c.StopProbed(form) // want "batch-detail-unreachable"
	return err
}
