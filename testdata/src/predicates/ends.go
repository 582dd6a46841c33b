package predicates

import (
	"encoding/json"
	"log"
)

type Ended struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

func (e *Ended) soft() bool { return e.Code >= -1 }

// Silent: -1 and 0 are what the function and its helper name, and every other code goes another way.
func NamedByEnds(b []byte) {
	var e Ended
	if err := json.Unmarshal(b, &e); err != nil {
		return
	}
	if e.Code > 0 || e.soft() {
		log.Print("ended")
	}
}
