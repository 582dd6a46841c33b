package signals

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

func same(b *bool) bool { return *b }

// A flag that is computed from itself is no constant.
func circularFlag(ctx context.Context, c *ec2.Client) error {
	var dry bool
	dry = same(&dry)
	_, err := c.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{DryRun: &dry}) // want `result-unchecked`
	return err
}

// Requests that are exchanged are followed once.
func circularRequest(ctx context.Context, c *ec2.Client, in *ec2.DeleteVpcEndpointsInput) error {
	next, last := in, in
	return retry(func() error {
		next = last
		last = next
		_, err := c.DeleteVpcEndpoints(ctx, next) // want `result-unchecked`
		return err
	})
}
