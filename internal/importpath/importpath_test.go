package importpath

import "testing"

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

func TestValid(t *testing.T) {
	for path, want := range map[string]bool{
		"fmt": true, "example.com/a.b/c-d": true, "github.com/aws/aws-sdk-go-v2/service/sqs": true, "ä.example/x": true,
		"": false, "a//b": false, "/a": false, "a/": false, "a/..": false, "./a": false, "a b": false, "a/*": false, "\xff": false,
	} {
		if got := Valid(path); got != want {
			t.Errorf("%q: got %t, want %t", path, got, want)
		}
	}
}
