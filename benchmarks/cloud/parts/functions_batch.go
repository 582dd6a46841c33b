package parts

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// Call calls the function, and takes its error for a result.
func (f *Function) Call(ctx context.Context, argument, result any) error {
	payload, err := json.Marshal(argument)
	if err != nil {
		return err
	}
	out, err := f.Client.Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(f.Name), Payload: payload}) // want result-unchecked
	if err != nil {
		return fmt.Errorf("call %s: %w", f.Name, err)
	}
	return json.Unmarshal(out.Payload, result)
}

// Ask calls the function, and tells its errors.
func (f *Function) Ask(ctx context.Context, argument any) ([]byte, error) {
	payload, err := json.Marshal(argument)
	if err != nil {
		return nil, err
	}
	out, err := f.Client.Invoke(ctx, &lambda.InvokeInput{
		FunctionName:   aws.String(f.Name),
		InvocationType: lambdatypes.InvocationTypeRequestResponse,
		LogType:        lambdatypes.LogTypeTail,
		Payload:        payload,
	})
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", f.Name, err)
	}
	if out.FunctionError != nil {
		return nil, fmt.Errorf("ask %s: %s: %s", f.Name, *out.FunctionError, out.Payload)
	}
	return out.Payload, nil
}

// Tell calls the function, and doesn't wait for it.
func (f *Function) Tell(ctx context.Context, argument any) error {
	payload, err := json.Marshal(argument)
	if err != nil {
		return err
	}
	_, err = f.Client.Invoke(ctx, &lambda.InvokeInput{
		FunctionName:   aws.String(f.Name),
		InvocationType: lambdatypes.InvocationTypeEvent,
		Payload:        payload,
	})
	if err != nil {
		return fmt.Errorf("tell %s: %w", f.Name, err)
	}
	return nil
}
