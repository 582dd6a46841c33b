package importpath

import "testing"

func TestUnversioned(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/aws/aws-sdk-go-v2/service/sqs":             "github.com/aws/aws-sdk-go-v2/service/sqs",
		"github.com/opensearch-project/opensearch-go/v4/x":     "github.com/opensearch-project/opensearch-go/x",
		"github.com/olivere/elastic/v7":                        "github.com/olivere/elastic",
		"gopkg.in/olivere/elastic.v6":                          "gopkg.in/olivere/elastic",
		"example.com/sms/v20210111":                            "example.com/sms",
		"cloud.google.com/go/firestore/apiv1":                  "cloud.google.com/go/firestore/apiv1",
		"example.com/vault":                                    "example.com/vault",
		"v2/x.vet":                                             "v2/x.vet",
		"example.com/x/vendor/github.com/aws/aws-sdk-go/v2/s3": "github.com/aws/aws-sdk-go/s3",
		"vendor/golang.org/x/net/http2":                        "golang.org/x/net/http2",
		"a/vendor/example.com/b/vendor/example.com/c":          "example.com/c",
		"example.com/myvendor/x":                               "example.com/myvendor/x",
		"example.com/vendor":                                   "example.com/vendor",
		"k8s.io/api/v1/v2":                                     "k8s.io/api",
	} {
		if got := Unversioned(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestMajor(t *testing.T) {
	for path, want := range map[string]int{
		"github.com/opensearch-project/opensearch-go/opensearchapi":    1,
		"github.com/opensearch-project/opensearch-go/v4/opensearchapi": 4,
		"x/vendor/github.com/opensearch-project/opensearch-go/v12/api": 12,
		"example.com/x/v3/vendor/github.com/opensearch-project/a":      1,
		"gopkg.in/olivere/elastic.v6":                                  6,
		"example.com/module/v2/sms/v20210111":                          2,
	} {
		if got := Major(path); got != want {
			t.Errorf("%s: got %d, want %d", path, got, want)
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
