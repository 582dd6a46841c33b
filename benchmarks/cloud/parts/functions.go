package parts

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// A Function runs elsewhere.
type Function struct {
	Client *lambda.Client
	Name   string
}

// Ready waits until the function may be called.
func (f *Function) Ready(ctx context.Context) error {
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		out, err := f.Client.GetFunctionConfiguration(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: aws.String(f.Name)})
		if err != nil {
			return fmt.Errorf("function %s: %w", f.Name, err)
		}
		switch out.State {
		case lambdatypes.StateActive:
			return nil
		case lambdatypes.StateFailed:
			return fmt.Errorf("function %s: %s", f.Name, aws.ToString(out.StateReason))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// Resize sets the function's memory, in MB.
func (f *Function) Resize(ctx context.Context, memory int32) error {
	_, err := f.Client.UpdateFunctionConfiguration(ctx, &lambda.UpdateFunctionConfigurationInput{
		FunctionName: aws.String(f.Name),
		MemorySize:   aws.Int32(memory),
		Timeout:      aws.Int32(30),
	})
	if err != nil {
		return fmt.Errorf("resize %s: %w", f.Name, err)
	}
	return f.Ready(ctx)
}
