package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tables are up to date: they equal what the YAML files give.
func TestTables(t *testing.T) {
	contracts, err := read("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		want, err := table.source(contracts)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(table.file)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what go generate makes of the YAML files", table.file)
		}
	}
}

// The default contract is the first, whatever names the other files have.
func TestFirst(t *testing.T) {
	dir := t.TempDir()
	for _, vendor := range []string{"acme", "tencent", "zeta"} {
		text := "- {id: " + vendor + ".api, name: n, url: u, words: {item: i, items: is}, members: {required: [text]}, duties: [{signals: [{path: code, clean: [0]}]}]}"
		if err := os.WriteFile(filepath.Join(dir, vendor+".yml"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	contracts, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range contracts {
		ids = append(ids, c.ID)
	}
	if got, want := strings.Join(ids, " "), "tencent.api acme.api zeta.api"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A set that the table can't list is an error, and not left out.
func TestTooManyValues(t *testing.T) {
	dir := t.TempDir()
	text := "- {id: acme.api, name: n, url: u, words: {item: i, items: is}, members: {required: [text]}, duties: [{signals: [{path: code, clean: [0], total: [1"
	for i := 3; i <= 2*most+1; i += 2 {
		text += fmt.Sprintf(", %d", i)
	}
	if err := os.WriteFile(filepath.Join(dir, "acme.yml"), []byte(text+"]}]}]}"), 0o666); err != nil {
		t.Fatal(err)
	}
	contracts, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = catalogTable(contracts)
	if err == nil || !strings.Contains(err.Error(), "acme.api: total of code has more than 1000 values") {
		t.Errorf("got %v", err)
	}
}

// A mistake has a place in the file, and says what was expected.
func TestMistakes(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"- id: acme.api\n  wrods: {}", `acme.yml:2:3: unknown key "wrods": did you mean words?`},
		{"- id: acme.api\n  colour: red", `acme.yml:2:3: unknown key "colour", expected one of id, name, url, tier, default, members, find, duties, complement, exempt, words`},
		{"- id: acme.api\n  duties:\n  - signals: [{path: code, reading: size}]", `acme.yml:3:37: acme.api: duties[0].signals[0].reading: "size" is not a reading, want number, `},
		{"- id: acme.api\n  default: false", `acme.yml:2:12: unexpected boolean false, expected a string`},
		{"- id: acme.api\n  name: n", `acme.yml:1:3: acme.api: url: it is missing`},
	} {
		if _, err := parse("acme.yml", []byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", test.text, err, test.want)
		}
	}
}
