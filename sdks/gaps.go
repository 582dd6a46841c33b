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
	{"aliyun.dysms.SendSms", "github.com/alibabacloud-go/dysmsapi-20170525", []string{
		"package github.com/alibabacloud-go/dysmsapi-20170525/client", "call SendSmsWithOptions", "call SendSmsWithContext",
		"signal Body.Code (text)", "signal Body.GetCode() (text)", "signal GetBody().GetCode() (text)",
	}},
	{"aliyun.dysms.SendBatchSms", "github.com/alibabacloud-go/dysmsapi-20170525", []string{
		"package github.com/alibabacloud-go/dysmsapi-20170525/client", "call SendBatchSmsWithOptions", "call SendBatchSmsWithContext",
		"signal Body.Code (text)", "signal Body.GetCode() (text)", "signal GetBody().GetCode() (text)",
	}},
	{"aws.eventbridge.*", "github.com/aws/aws-sdk-go-v2/service/cloudwatchevents", []string{
		"package github.com/aws/aws-sdk-go-v2/service/cloudwatchevents",
	}},
	{"aws.marketplacemetering.*", "github.com/aws/aws-sdk-go-v2/service/marketplacemetering", []string{
		"package github.com/aws/aws-sdk-go-v2/service/marketplacemetering",
	}},
	{"qiniu.storage.Batch", "github.com/qiniu/api.v7, and github.com/qiniu/go-sdk/v7 from v7.12.0 on", []string{
		"package github.com/qiniu/api/storage", "call BucketManager.BatchWithContext",
	}},
	{"tencent.sms.SendSms", "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sms", []string{"call SendSmsWithContext"}},
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
