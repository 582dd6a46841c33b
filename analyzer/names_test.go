package analyzer_test

import (
	"go/parser"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
)

func TestShortened(t *testing.T) {
	for _, test := range []struct{ x, want string }{
		{"r.Code", "r.Code"},
		{"r.Head.Code()", "r.Head.Code()"},
		{"answers[i].Code", "answers[i].Code"},
		{"(*r).Code", "(*r).Code"},
		{`c.Must("StopInstances", ids...).Code`, "c.Must(...).Code"},
		{"c.inner.storage.CreateDisk(ctx, size).Code", "...CreateDisk(...).Code"},
		{"len(out.UnprocessedItems)", "len(out.UnprocessedItems)"},
		{"len(outputOfTheSecondRequest.UnprocessedItems)", "len(outputOfTheSecondRequest.UnprocessedItems)"},
		{"len(answers.second.output.UnprocessedItems)", "len(...output.UnprocessedItems)"},
		{"envelope.Response.Result.Answer.Code", "...Answer.Code"},
		{"partial.PartiallyFailedBatchResponseOfServers.Code", "...PartiallyFailedBatchResponseOfServers.Code"},
		{"answers[theIndexOf(ids, request.ResourceID)].Code", "answers[theIndexOf(id...t.ResourceID)].Code"},
		{"firstOfAllCodes | secondOfAllCodes<<16", "firstOfAllCod...llCodes << 16"},
	} {
		x, err := parser.ParseExpr(test.x)
		if err != nil {
			t.Fatal(err)
		}
		if got := analyzer.Shortened(x); got != test.want {
			t.Errorf("%s: got %s, want %s", test.x, got, test.want)
		}
	}
}
