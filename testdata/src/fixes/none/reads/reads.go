// Package reads has functions that read, and for which no test is right by construction. Contracts of reads are off by
// default.
package reads

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ecs"
)

// No fix: while the service is not there, it is among the failures.
func Wait(ctx context.Context, client *ecs.Client, in *ecs.DescribeServicesInput) error {
	for {
		out, err := client.DescribeServices(ctx, in) // want "result-unchecked"
		if err != nil {
			return err
		}
		for _, s := range out.Services {
			if s.ServiceName != nil {
				return nil
			}
		}
		time.Sleep(time.Second)
	}
}
