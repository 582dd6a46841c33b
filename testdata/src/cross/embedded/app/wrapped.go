package app

import "fmt"

// StopInstances of the sdk has its own finding. Whoever calls it asks for a
// batch, too, and sees 5400 as an error without a detail: the sdk may be
// somebody else's, and InvokeBatch is at hand.

// With 5400 nobody learns which servers still run.
func (a *App) Stop(ids []string) error {
	_, err := a.api.StopInstances(ids) // want "batch-detail-unreachable"
	return err
}

// The loop sees nothing but successes.
func (a *App) StopLoop(ids []string) error {
	r, err := a.api.StopInstances(ids) // want "batch-detail-unreachable"
	if err != nil {
		return err
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("stop %s: %s", id, e.Msg)
		}
	}
	return nil
}
