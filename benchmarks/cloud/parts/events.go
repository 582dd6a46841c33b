package parts

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	eventtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

// A Bus has events, and rules about them.
type Bus struct {
	Client *eventbridge.Client
	Name   string
}

// Rules returns the names of the rules, sorted.
func (b *Bus) Rules(ctx context.Context, prefix string) (names []string, err error) {
	in := &eventbridge.ListRulesInput{EventBusName: aws.String(b.Name), NamePrefix: aws.String(prefix)}
	for {
		out, err := b.Client.ListRules(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("rules of %s: %w", b.Name, err)
		}
		for _, rule := range out.Rules {
			if rule.State == eventtypes.RuleStateEnabled {
				names = append(names, aws.ToString(rule.Name))
			}
		}
		if out.NextToken == nil {
			slices.Sort(names)
			return names, nil
		}
		in.NextToken = out.NextToken
	}
}

// Enable enables or disables a rule.
func (b *Bus) Enable(ctx context.Context, rule string, on bool) (err error) {
	if on {
		_, err = b.Client.EnableRule(ctx, &eventbridge.EnableRuleInput{EventBusName: aws.String(b.Name), Name: aws.String(rule)})
	} else {
		_, err = b.Client.DisableRule(ctx, &eventbridge.DisableRuleInput{EventBusName: aws.String(b.Name), Name: aws.String(rule)})
	}
	if err != nil {
		return fmt.Errorf("rule %s: %w", rule, err)
	}
	return nil
}
