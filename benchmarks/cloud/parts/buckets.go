package parts

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// An Archive keeps documents in a bucket.
type Archive struct {
	Client *s3.Client
	Bucket string
	Prefix string
}

// Store writes a document.
func (a *Archive) Store(ctx context.Context, name string, content []byte) error {
	_, err := a.Client.PutObject(ctx, &s3.PutObjectInput{
		Bucket:      aws.String(a.Bucket),
		Key:         aws.String(path.Join(a.Prefix, name)),
		Body:        bytes.NewReader(content),
		ContentType: aws.String("application/pdf"),
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	return nil
}

// Load reads a document. It returns nil if there is none.
func (a *Archive) Load(ctx context.Context, name string) ([]byte, error) {
	out, err := a.Client.GetObject(ctx, &s3.GetObjectInput{
		Bucket: aws.String(a.Bucket),
		Key:    aws.String(path.Join(a.Prefix, name)),
	})
	var missing *s3types.NoSuchKey
	switch {
	case errors.As(err, &missing):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("load %s: %w", name, err)
	}
	defer out.Body.Close()
	return io.ReadAll(out.Body)
}

// OlderThan returns the names of documents that were written before a time.
func (a *Archive) OlderThan(ctx context.Context, t time.Time) (names []string, err error) {
	pages := s3.NewListObjectsV2Paginator(a.Client, &s3.ListObjectsV2Input{
		Bucket: aws.String(a.Bucket),
		Prefix: aws.String(a.Prefix),
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", a.Bucket, err)
		}
		for _, object := range page.Contents {
			if aws.ToTime(object.LastModified).Before(t) {
				names = append(names, aws.ToString(object.Key))
			}
		}
	}
	return names, nil
}
