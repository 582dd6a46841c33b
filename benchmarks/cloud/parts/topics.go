package parts

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	snstypes "github.com/aws/aws-sdk-go-v2/service/sns/types"
)

// A Notice is published.
type Notice struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	Team    string `json:"team"`
}

// A Topic has subscribers.
type Topic struct {
	Client *sns.Client
	ARN    string
}

func (n *Notice) attributes() map[string]snstypes.MessageAttributeValue {
	return map[string]snstypes.MessageAttributeValue{
		"team": {DataType: aws.String("String"), StringValue: aws.String(n.Team)},
	}
}

// Publish publishes a notice, and returns its ID.
func (t *Topic) Publish(ctx context.Context, n *Notice) (string, error) {
	text, err := json.Marshal(n)
	if err != nil {
		return "", err
	}
	out, err := t.Client.Publish(ctx, &sns.PublishInput{
		TopicArn:          aws.String(t.ARN),
		Subject:           aws.String(n.Subject),
		Message:           aws.String(string(text)),
		MessageAttributes: n.attributes(),
	})
	if err != nil {
		return "", fmt.Errorf("publish %q: %w", n.Subject, err)
	}
	return aws.ToString(out.MessageId), nil
}

// Subscribers returns the addresses of those who get mail.
func (t *Topic) Subscribers(ctx context.Context) (addresses []string, err error) {
	in := &sns.ListSubscriptionsByTopicInput{TopicArn: aws.String(t.ARN)}
	for {
		out, err := t.Client.ListSubscriptionsByTopic(ctx, in)
		if err != nil {
			return nil, fmt.Errorf("subscribers of %s: %w", t.ARN, err)
		}
		for _, s := range out.Subscriptions {
			if strings.HasPrefix(aws.ToString(s.Protocol), "email") {
				addresses = append(addresses, aws.ToString(s.Endpoint))
			}
		}
		if out.NextToken == nil {
			return addresses, nil
		}
		in.NextToken = out.NextToken
	}
}
