package main

import (
	"bytes"
	"os"
	"testing"
)

// The table is what its YAML files say.
func TestTable(t *testing.T) {
	want, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../table.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("table.go is not what go generate makes of the YAML files")
	}
}
