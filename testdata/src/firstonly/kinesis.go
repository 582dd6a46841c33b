package firstonly

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

func put(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in) // want `batch-first-only: only the first of out\.Records is read before the return on line 19: records that Kinesis did not take are lost`
	if err != nil {
		return err
	}
	if out.Records[0].ErrorCode != nil {
		return errors.New(*out.Records[0].ErrorMessage)
	}
	return nil
}

// Silent: the count tells whether others failed.
func putCounted(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if *out.FailedRecordCount != 0 {
		return errors.New(*out.Records[0].ErrorMessage)
	}
	if out.Records[0].ErrorCode != nil {
		return errors.New("one failed, but none is counted")
	}
	return nil
}

// Silent: the caller gets the count.
func putReturned(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) (failed int32, err error) {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return 0, err
	}
	if out.Records[0].ErrorCode != nil {
		return 0, errors.New("the first failed")
	}
	return *out.FailedRecordCount, nil
}

// The options of a call are no items.
func putWith(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput, option func(*kinesis.Options)) error {
	out, err := client.PutRecords(ctx, in, option) // want `batch-first-only: only the first of out\.Records is read before the return on line 58`
	if err != nil {
		return err
	}
	if first := out.Records[0]; first.ErrorCode != nil {
		return errors.New(*first.ErrorMessage)
	}
	return nil
}

// Silent: for several records the count is compared. For one, its own status is enough.
func putOneOrMore(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if len(in.Records) == 1 {
		if out.Records[0].ErrorCode != nil {
			return errors.New(*out.Records[0].ErrorMessage)
		}
		return nil
	}
	if *out.FailedRecordCount > 0 {
		return errors.New("some failed")
	}
	return nil
}

// Silent: the count is compared where there is one. Which of the two decides is the function's choice.
func putWhereCounted(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if out.FailedRecordCount != nil {
		if *out.FailedRecordCount > 0 {
			return errors.New("some failed")
		}
		return nil
	}
	if out.Records[0].ErrorCode != nil {
		return errors.New(*out.Records[0].ErrorMessage)
	}
	return nil
}

// Silent: the number of statuses decides, on another branch.
func putByNumber(ctx context.Context, client *kinesis.Client, in *kinesis.PutRecordsInput, strict bool) error {
	out, err := client.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	if strict {
		switch len(out.Records) {
		case 0:
			return errors.New("no status")
		case 1:
		default:
			return errors.New("want one record")
		}
	}
	if out.Records[0].ErrorCode != nil {
		return errors.New(*out.Records[0].ErrorMessage)
	}
	return nil
}

// Silent: the request has one record. It is a variable, not a literal's address.
func putVariable(ctx context.Context, client *kinesis.Client, r types.PutRecordsRequestEntry) error {
	in := kinesis.PutRecordsInput{Records: []types.PutRecordsRequestEntry{r}}
	out, err := client.PutRecords(ctx, &in)
	if err != nil {
		return err
	}
	if out.Records[0].ErrorCode != nil {
		return errors.New(*out.Records[0].ErrorMessage)
	}
	return nil
}
