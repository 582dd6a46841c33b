package sdks

// A gap is an element of contracts that can't be verified: no module that has it can be had where the tests of this
// project run. Somebody has read it elsewhere.
type gap struct {
	contract string // ID, or a pattern for several
	element  string // "package PATH", or the name of an [Element]
	module   string // that has it
}

// gaps are all of them. It is an error if one can be verified.
var gaps = []gap{
	{"aws.eventbridge.*", "package github.com/aws/aws-sdk-go-v2/service/cloudwatchevents", "github.com/aws/aws-sdk-go-v2/service/cloudwatchevents"},
	{"aws.marketplacemetering.*", "package github.com/aws/aws-sdk-go-v2/service/marketplacemetering", "github.com/aws/aws-sdk-go-v2/service/marketplacemetering"},
}
