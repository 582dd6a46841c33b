package imports

import (
	_ "fmt"
	format "fmt"
)

func Renamed(r *answer) error {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return format.Errorf("code %d", r.Code)
	}
	return nil
}
