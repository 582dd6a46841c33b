package flow

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"runtime"
	"testing"
)

// Silent: there is no response in sight. It never returns.
func fatal(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

// Silent: a helper that gets only the code. It never returns.
func must(action string, code int) {
	panic(fmt.Sprintf("%s: code %d", action, code))
}

// log.Fatalf is the end of the program and of the names of the servers that
// failed: whoever runs it again stops the others twice.
func StopOrFatal(b []byte) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		log.Fatalf("stop: %s", r.Message)
	}
}

// os.Exit settles as well, here behind a look at the number of entries.
func StartOrExit(b []byte) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		os.Exit(2)
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		fmt.Fprintf(os.Stderr, "start: %d servers reported\n", len(r.Detail))
		os.Exit(1)
	}
}

// fatal never returns, so that 5400 is told apart from 0; the process still
// ends without the names of the servers.
func RestartOrFatal(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		fatal("restart: %s", r.Message)
	}
	return nil
}

// Silent: a path that ends in panic owes nothing.
func StopOrPanic(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		panic("stop: " + r.Message)
	}
	return nil
}

// Silent: must never returns, and a path that ends in its panic owes nothing.
func StartOrMust(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		must("start", r.Code)
	}
	return nil
}

// Silent: runtime.Goexit ends the goroutine like a panic.
func StopOrGoexit(b []byte) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		runtime.Goexit()
	}
	if r.Code != 0 {
		log.Print("stop: giving up")
		runtime.Goexit()
	}
}

// Silent: t.Fatalf ends the test, and a path that ends in it owes nothing.
func MustStop(t *testing.T, b []byte) {
	t.Helper()
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Fatalf("stop: code %d", r.Code)
	}
}

// Silent: the entries are inspected before the program ends.
func StopOrExitWithNames(b []byte, failed *os.File) {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 {
		for id, e := range r.Detail {
			if e.Code != 0 {
				fmt.Fprintln(failed, id)
			}
		}
		os.Exit(1)
	}
}

// Silent: only code 0 gets past the panics.
func CreateOrPanic(b []byte) string {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		panic(err)
	}
	if s.Code < 0 {
		panic("create: rejected")
	}
	if s.Code > 0 {
		panic("create: " + s.Message)
	}
	return s.RequestID
}
