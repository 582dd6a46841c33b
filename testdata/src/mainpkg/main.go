// Command mainpkg talks to a person: in package main, printing the detail, an
// entry's code or the whole response inspects.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

// Entry is what happened to one server.
type Entry struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Answer keys the entries by server.
type Answer struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Result is the answer to a call that starts one task.
type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errStop = errors.New("stop failed")

// Silent: the commands tell their failures themselves.
func main() {
	b, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	commands := map[string]func([]byte){
		"stop": stopPrints, "stop-all": stopPrintsWhole, "stop-json": stopEncodes, "stop-fatal": stopFatal,
		"start": startMessage, "start-keys": startKeys, "start-count": startCount, "start-exit": startExit,
		"create": createPrints,
	}
	errCommands := map[string]func([]byte) error{
		"restart": restartPrints, "restart-codes": restartPrintsCodes, "restart-message": restartMessage,
		"delete": deletePositive, "delete-task": deleteUnchecked,
	}
	if run, ok := commands[os.Args[1]]; ok {
		run(b)
	}
	if run, ok := errCommands[os.Args[1]]; ok {
		if err := run(b); err != nil {
			log.Fatal(err)
		}
	}
}

// ---- reported ----

// The person reads that something failed, and stops all the servers again.
func startMessage(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		fmt.Fprintln(os.Stderr, r.Message)
		os.Exit(1)
	}
}

// The person reads all the servers' names, the started ones' too.
func startKeys(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		for id := range r.Detail {
			fmt.Println("check server", id)
		}
	}
}

// The person reads how many servers there were.
func startCount(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		fmt.Printf("start: trouble with %d servers\n", len(r.Detail))
	}
}

// The exit status says that something failed.
func startExit(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		os.Exit(1)
	}
	fmt.Println("started")
}

// main prints the error, which has no server in it.
func restartMessage(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return errors.New(r.Message)
	}
	return nil
}

// Negative codes end in exit status 0.
func deletePositive(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errors.New(s.Message)
	}
	return nil
}

// Printing a task ID does not tell whether there is a task.
func deleteUnchecked(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	fmt.Println("task", s.RequestID)
	return nil
}

// ---- silent ----

// Silent: in package main, printing the detail inspects.
func stopPrints(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 {
		fmt.Println("stop:", r.Message, r.Detail)
		os.Exit(1)
	}
}

// Silent: in package main, printing the whole response inspects.
func stopPrintsWhole(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%+v\n", r)
	if r.Code != 0 {
		os.Exit(1)
	}
}

// Silent: in package main, encoding to stdout is printing, and inspects.
func stopEncodes(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 {
		os.Exit(1)
	}
}

// Silent: log.Fatalf prints the detail before it ends the program.
func stopFatal(b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		log.Fatal(err)
	}
	if r.Code != 0 {
		log.Fatalf("stop: %s: %v", r.Message, r.Detail)
	}
}

// Silent: the entries are printed before the error is returned.
func restartPrints(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		fmt.Fprintf(os.Stderr, "%v\n", r.Detail)
		return errStop
	}
	return nil
}

// Silent: in package main, printing an entry's code inspects.
func restartPrintsCodes(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		for id, e := range r.Detail {
			fmt.Printf("%s\t%d\t%s\n", id, e.Code, e.Message)
		}
		return errStop
	}
	return nil
}

// Silent: 0 is told apart from every other code.
func createPrints(b []byte) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		log.Fatal(err)
	}
	if s.Code != 0 {
		log.Fatalf("create: %s (code %d)", s.Message, s.Code)
	}
	fmt.Println("task", s.RequestID)
}
