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
