package parts

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func objects(names []string) *s3types.Delete {
	d := &s3types.Delete{Quiet: aws.Bool(true)}
	for _, name := range names {
		d.Objects = append(d.Objects, s3types.ObjectIdentifier{Key: aws.String(name)})
	}
	return d
}

// Drop deletes documents, and forgets that some may stay.
func (a *Archive) Drop(ctx context.Context, names []string) (dropped int, err error) {
	for some := range slices.Chunk(names, 1000) {
		_, err := a.Client.DeleteObjects(ctx, &s3.DeleteObjectsInput{ // want result-unchecked
			Bucket: aws.String(a.Bucket),
			Delete: objects(some),
		})
		if err != nil {
			return dropped, fmt.Errorf("drop documents of %s: %w", a.Bucket, err)
		}
		dropped += len(some)
	}
	return dropped, nil
}

// Delete deletes documents, and says which of them stay.
func (a *Archive) Delete(ctx context.Context, names []string) error {
	var all []error
	for some := range slices.Chunk(names, 1000) {
		out, err := a.Client.DeleteObjects(ctx, &s3.DeleteObjectsInput{
			Bucket: aws.String(a.Bucket),
			Delete: objects(some),
		})
		if err != nil {
			return fmt.Errorf("delete documents of %s: %w", a.Bucket, err)
		}
		for _, e := range out.Errors {
			all = append(all, fmt.Errorf("%s: %s (%s)", aws.ToString(e.Key), aws.ToString(e.Message), aws.ToString(e.Code)))
		}
	}
	return errors.Join(all...)
}
