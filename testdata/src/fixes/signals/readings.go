package signals

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"
	"github.com/IBM/sarama"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/dysmsapi"
	"github.com/aliyun/aliyun-tablestore-go-sdk/tablestore"
	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/olivere/elastic/v7"
	kafkago "github.com/segmentio/kafka-go"
	"github.com/sideshow/apns2"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

// A flag that means failure.
func Flag(ctx context.Context, bulk *elastic.BulkService) error {
	_, err := bulk.Do(ctx) // want "result-unchecked"
	return err
}

// A method that means success.
func Method(client *apns2.Client, n *apns2.Notification) (string, error) {
	res, err := client.Push(n) // want "result-unchecked"
	if err != nil {
		return "", err
	}
	return res.ApnsID, nil
}

// A text that means success.
func SuccessText(client *dysmsapi.Client, req *dysmsapi.SendSmsRequest) error {
	_, err := client.SendSms(req) // want "result-unchecked"
	if err != nil {
		return fmt.Errorf("send: %v", err)
	}
	return nil
}

// A method that gives an error.
func Error(ctx context.Context, admin *kadm.Client, topics ...string) error {
	_, err := admin.DeleteTopics(ctx, topics...) // want "result-unchecked"
	if err != nil {
		return fmt.Errorf("delete topics: %w", err)
	}
	return nil
}

// The call gives no other error.
func OnlyError(ctx context.Context, client *kgo.Client, records ...*kgo.Record) (int, error) {
	client.ProduceSync(ctx, records...) // want "result-unchecked"
	return len(records), nil
}

// The error has another name.
func OtherName(ctx context.Context, job *bigquery.Job) error {
	if _, failed := job.Wait(ctx); failed != nil { // want "result-unchecked"
		return failed
	}
	return nil
}

// A number that is an error.
func ErrorNumber(b *sarama.Broker, req *sarama.EndTxnRequest) error {
	_, err := b.EndTxn(req) // want "result-unchecked"
	return err
}

// An error for each item, in a list behind pointers.
func EachError(b *sarama.Broker, req *sarama.CreateAclsRequest) error {
	if _, err := b.CreateAcls(req); err != nil { // want "result-unchecked"
		return fmt.Errorf("grant: %w", err)
	}
	return nil
}

// An error for each item, in a map.
func MapOfErrors(ctx context.Context, client *kafkago.Client, req *kafkago.CreateTopicsRequest) error {
	_, err := client.CreateTopics(ctx, req) // want "result-unchecked"
	return err
}

// A flag for each item, in a map of lists.
func EachFlag(client *tablestore.TableStoreClient, req *tablestore.BatchWriteRowRequest) error {
	_, err := client.BatchWriteRow(req) // want "result-unchecked"
	return err
}

// The response is a list without a type of its own.
func Slice(ctx context.Context, admin *kafka.AdminClient, topics []string) error {
	_, err := admin.DeleteTopics(ctx, topics) // want "result-unchecked"
	return err
}

// Two duties.
func Duties(ctx context.Context, client *kafkago.Client, req *kafkago.ElectLeadersRequest) error {
	_, err := client.ElectLeaders(ctx, req) // want "result-unchecked"
	return err
}

// The error's name is taken in the list.
func DutiesInIf(ctx context.Context, client *kafkago.Client, req *kafkago.ElectLeadersRequest) error {
	err := ctx.Err()
	if _, err := client.ElectLeaders(ctx, req); err != nil { // want "result-unchecked"
		return err
	}
	return err
}
