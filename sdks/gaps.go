package sdks

import "path"

// A gap says what of a contract can't be verified: no module that has it can be had where the tests of this project
// run. Somebody has read it elsewhere.
type gap struct {
	contract string   // ID, or a pattern for several
	module   string   // that has it
	elements []string // "package PATH", or names of an [Element]
}

// gaps are all of them. It is an error if one can be verified.
var gaps = []gap{
	{"aws.eventbridge.*", "github.com/aws/aws-sdk-go-v2/service/cloudwatchevents", []string{
		"package github.com/aws/aws-sdk-go-v2/service/cloudwatchevents",
	}},
	{"aws.marketplacemetering.*", "github.com/aws/aws-sdk-go-v2/service/marketplacemetering", []string{
		"package github.com/aws/aws-sdk-go-v2/service/marketplacemetering",
	}},
}

// gapsOf returns the elements of a contract that can't be verified.
func gapsOf(id string) (elements []string) {
	for _, g := range gaps {
		if ok, _ := path.Match(g.contract, id); ok {
			elements = append(elements, g.elements...)
		}
	}
	return elements
}
