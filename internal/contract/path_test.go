package contract

import (
	"fmt"
	"testing"
)

func TestParsePath(t *testing.T) {
	for _, test := range []struct{ path, want string }{
		{"", "[]"},
		{"Failed", "[{0 Failed}]"},
		{"Response.Set[].Code", "[{0 Response} {0 Set} {1 } {0 Code}]"},
		{"[].Err", "[{1 } {0 Err}]"},
		{"[][].Err()", "[{1 } {1 } {2 Err}]"},
		{"Status.Err()", "[{0 Status} {2 Err}]"},
		{"Failed().Items[]", "[{2 Failed} {0 Items} {1 }]"},
		{"Failed.", `"Failed.": "" is no name in Go`},
		{".Failed", `".Failed": "" is no name in Go`},
		{"Failed[0]", `"Failed[0]": want a dot before "[0]"`},
		{"Err(x)", `"Err(x)": want a dot before "(x)"`},
		{"[]Err", `"[]Err": want a dot before "Err"`},
	} {
		steps, err := ParsePath(test.path)
		got := fmt.Sprint(steps)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestUnversioned(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/aws/aws-sdk-go-v2/service/sqs":         "github.com/aws/aws-sdk-go-v2/service/sqs",
		"github.com/opensearch-project/opensearch-go/v4/x": "github.com/opensearch-project/opensearch-go/x",
		"github.com/olivere/elastic/v7":                    "github.com/olivere/elastic",
		"gopkg.in/olivere/elastic.v6":                      "gopkg.in/olivere/elastic",
		"example.com/sms/v20210111":                        "example.com/sms",
		"cloud.google.com/go/firestore/apiv1":              "cloud.google.com/go/firestore/apiv1",
		"example.com/vault":                                "example.com/vault",
		"v2/x.vet":                                         "v2/x.vet",
	} {
		if got := Unversioned(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
