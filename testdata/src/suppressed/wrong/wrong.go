// Package wrong has comments that silence nothing.
package wrong

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// What is wrong has no effect.
func check(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { //asynccheck:ignore result-nonzero-success // want `result-nonzero-success: ` `directive: asynccheck:ignore: the reason is missing, write it after the rule`
		return "", errors.New("failed")
	}
	return r.RequestID, nil
}

//asynccheck:ignore // want `directive: asynccheck:ignore: the rule is missing, want //asynccheck:ignore RULE reason; asynccheck -list-rules shows the rules`

//asynccheck:ignore result-nope because // want `directive: asynccheck:ignore: unknown rule "result-nope"; asynccheck -list-rules shows the rules`

//asynccheck:ignore result-uncheked because // want `directive: asynccheck:ignore: unknown rule "result-uncheked": did you mean result-unchecked\?`

//asynccheck:ignore aws.sqs.SendMessageBatch because // want `directive: asynccheck:ignore: aws.sqs.SendMessageBatch is a contract: name the rule, or turn it off with contracts: in .asynccheck.yml`

//asynccheck:ignore aws.sqs.* because // want `directive: asynccheck:ignore: aws.sqs.\* is a contract: name the rule`

//asynccheck:ignore result-* because // want `directive: asynccheck:ignore: result-\* is a pattern: name the rules, as RULE,RULE`

//asynccheck:ignore * because // want `directive: asynccheck:ignore: \* is a pattern: name the rules, as RULE,RULE`

//asynccheck:ignore result-unchecked, directive because // want `directive: asynccheck:ignore: "result-unchecked," is not a list of rules, want RULE,RULE without spaces`

//asynccheck:ignore directive,directive because // want `directive: asynccheck:ignore: rule directive is named twice`

// asynccheck:ignore result-unchecked because // want `directive: asynccheck:ignore: remove the space before it: with the space it is an ordinary comment`

// asynccheck:ignore is what this sentence is about, so it is silent.

//asynccheck:ignore result-unchecked nothing stands on the next line // want `no finding of result-unchecked is silenced here, remove it`

//asynccheck:ignored result-unchecked because // want `directive: unknown directive asynccheck:ignored, want asynccheck:response or asynccheck:ignore`

/*asynccheck:ignore a comment of this kind is none, so it is silent. */

//lint:ignore asynccheck is somebody else's: silent, and without effect.
func lint(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { // want `result-nonzero-success: `
		return "", errors.New("failed")
	}
	return r.RequestID, nil
}
