package recognize

import "testing"

func TestBase(t *testing.T) {
	const message = `; Message string 'json:"message"' }; `
	for _, test := range []struct {
		name, src   string
		base, share bool
	}{
		{"code and text", `type T struct { Code int 'json:"code"'` + message, true, true},
		{"pointers", `type T struct { Code *int 'json:"code"'; Message *string }`, true, true},
		{"without a tag", `type T struct { Code int; Message string }`, true, false},
		{"with more than texts", `type T struct { Code int 'json:"code"'; Items []string }`, true, false},
		{"embedding another", `type T struct { U; Note string }; type U struct { Code int 'json:"code"'` + message, true, true},
		{"without a code", `type T struct { Status int 'json:"code2"'` + message, false, false},
		{"a string code", `type T struct { Code string 'json:"code"'` + message, false, false},
		{"a result", `type T struct { Code int 'json:"code"'; RequestID string 'json:"requestId"'` + message, false, false},
		{"an entry", `type T struct { Code int 'json:"code"'` + message + `type B struct { Code int 'json:"code"'; Detail map[string]T 'json:"detail"' }`, false, false},
		{"a name", `type T string`, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := load(t, "p", one(test.src))
			base := u.Base(u.typ(t, "T"))
			if got := base != nil; got != test.base {
				t.Fatalf("base: got %t, want %t", got, test.base)
			}
			if base != nil && u.Embeddable(base) != test.share {
				t.Errorf("shared: got %t, want %t", !test.share, test.share)
			}
		})
	}
}

// A base of another package is not this package's to export, not even if a struct of this package embeds it.
func TestBaseOfAnotherPackage(t *testing.T) {
	dep := load(t, "dep", one(`type Base struct { Code int 'json:"code"'; Message string 'json:"message"' }`))
	u := load(t, "p", one(`import "dep"; type T struct { dep.Base }`), dep)
	base := u.Base(u.typ(t, "T"))
	if base == nil || u.Embeddable(base) {
		t.Errorf("got %v, want a base that is another package's", base)
	}
}
