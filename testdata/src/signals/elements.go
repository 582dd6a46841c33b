package signals

import (
	"context"

	confluent "github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

// A message about the elements of a list says so.
func elements(ctx context.Context, c *confluent.AdminClient) error {
	_, err := c.DeleteTopics(ctx, []string{"t"}) // want `result-unchecked: c\.DeleteTopics\(\.\.\.\)\[\]\.Error\.Code\(\) is never checked`
	return err
}

// It names the variable, if there is one.
func namedElements(ctx context.Context, c *confluent.AdminClient) error {
	results, err := c.DeleteTopics(ctx, []string{"t"}) // want `result-unchecked: results\[\]\.Error\.Code\(\) is never checked`
	if err != nil {
		return err
	}
	_ = results
	return nil
}
