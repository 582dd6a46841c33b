// Shop keeps a shop's orders in AWS. It reads them from standard input, as JSON:
// [{"id": "A-1", "article": "tea", "count": 2}].
//
//	shop [flags] save|ship|report|forget <orders.json
//
// It is an example of what asynccheck finds in programs that use an SDK. With
// -naive it loses orders, with one finding of each rule that applies.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/asynccheck/asynccheck/examples/shop/orders"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("shop: ")
	settings := orders.Settings{Wait: 50 * time.Millisecond}
	flag.StringVar(&settings.Table, "table", "orders", "`name` of the DynamoDB table")
	flag.StringVar(&settings.Queue, "queue", "", "`URL` of the SQS queue")
	flag.StringVar(&settings.Stream, "stream", "orders", "`name` of the Kinesis stream")
	flag.StringVar(&settings.Bucket, "bucket", "", "`name` of the S3 bucket")
	endpoint := flag.String("endpoint", "", "`URL` of something that answers like AWS")
	region := flag.String("region", "eu-central-1", "AWS `region`")
	naive := flag.Bool("naive", false, "believe that a call without an error did everything")
	flag.Parse()

	cfg := aws.Config{Region: *region, Credentials: aws.CredentialsProviderFunc(credentials)}
	if *endpoint != "" {
		cfg.BaseEndpoint = endpoint
	}
	client := orders.NewClient(cfg, settings)
	var ops orders.Operations = orders.Careful{Client: client}
	if *naive {
		ops = orders.Naive{Client: client}
	}
	if err := run(context.Background(), ops, flag.Arg(0), os.Stdin); err != nil {
		log.Fatal(err)
	}
}

// credentials returns what is in the environment.
func credentials(context.Context) (aws.Credentials, error) {
	c := aws.Credentials{
		AccessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken:    os.Getenv("AWS_SESSION_TOKEN"),
	}
	if !c.HasKeys() {
		return c, errors.New("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	return c, nil
}

// run runs one command for the orders that it reads.
func run(ctx context.Context, ops orders.Operations, cmd string, in io.Reader) error {
	do, ok := map[string]func(context.Context, ...orders.Order) error{
		"save":   ops.Save,
		"ship":   ops.Ship,
		"report": ops.Report,
		"forget": ops.Forget,
	}[cmd]
	if !ok {
		return fmt.Errorf("unknown command %q", cmd)
	}
	var all []orders.Order
	if err := json.NewDecoder(in).Decode(&all); err != nil {
		return fmt.Errorf("read orders: %w", err)
	}
	var errs []error
	for some := range slices.Chunk(all, orders.Max) {
		errs = append(errs, do(ctx, some...))
	}
	return errors.Join(errs...)
}
