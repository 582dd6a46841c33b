package orders_test

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/asynccheck/asynccheck/examples/shop/orders"
)

// fake answers as the four services do. Tests break it.
type fake struct {
	table, queue, stream, bucket map[string]bool // orders

	refuse   map[string]bool // orders that the queue, the stream and the bucket refuse
	capacity int             // how many orders the table takes in one request
}

// newFake starts the fake, and returns both clients of it.
func newFake(t *testing.T) (f *fake, naive, careful orders.Operations) {
	f = &fake{
		table:    make(map[string]bool),
		queue:    make(map[string]bool),
		stream:   make(map[string]bool),
		bucket:   make(map[string]bool),
		refuse:   make(map[string]bool),
		capacity: orders.Max,
	}
	ts := httptest.NewServer(f)
	t.Cleanup(ts.Close)
	client := orders.NewClient(aws.Config{
		BaseEndpoint: &ts.URL,
		HTTPClient:   ts.Client(),
		Region:       "local",
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "nobody", SecretAccessKey: "nothing"}, nil
		}),
		Retryer: func() aws.Retryer { return aws.NopRetryer{} },
	}, orders.Settings{Table: "orders", Queue: ts.URL + "/orders", Stream: "orders", Bucket: "receipts"})
	return f, orders.Naive{Client: client}, orders.Careful{Client: client}
}

// ServeHTTP answers with status 200, whatever was refused.
func (f *fake) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path == "/receipts" && req.URL.Query().Has("delete") {
		var in deleteObjects
		if err := xml.NewDecoder(req.Body).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		xml.NewEncoder(w).Encode(f.deleteObjects(&in))
		return
	}
	var in batch
	if err := json.NewDecoder(req.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch req.Header.Get("X-Amz-Target") {
	case "DynamoDB_20120810.BatchWriteItem":
		json.NewEncoder(w).Encode(f.batchWriteItem(&in))
	case "AmazonSQS.SendMessageBatch":
		json.NewEncoder(w).Encode(f.sendMessageBatch(&in))
	case "Kinesis_20131202.PutRecords":
		json.NewEncoder(w).Encode(f.putRecords(&in))
	default:
		http.Error(w, req.URL.String(), http.StatusNotFound)
	}
}

// batch is a request to write items, to send messages or to put records.
type batch struct {
	RequestItems map[string][]write
	Entries      []struct{ ID, MessageBody string }
	Records      []struct{ PartitionKey string }
}

type write struct {
	PutRequest struct{ Item map[string]struct{ S string } }
}

// object is an object in JSON.
type object = map[string]any

func (f *fake) batchWriteItem(in *batch) object {
	writes := in.RequestItems["orders"]
	n := min(len(writes), f.capacity)
	for _, w := range writes[:n] {
		f.table[w.PutRequest.Item["id"].S] = true
	}
	if n == len(writes) {
		return object{}
	}
	return object{"UnprocessedItems": object{"orders": writes[n:]}}
}

func (f *fake) sendMessageBatch(in *batch) object {
	var sent, failed []object
	for _, e := range in.Entries {
		if f.refuse[e.ID] {
			failed = append(failed, object{"Id": e.ID, "Code": "InternalError", "Message": "try again", "SenderFault": false})
			continue
		}
		f.queue[e.ID] = true
		sum := md5.Sum([]byte(e.MessageBody)) // the SDK compares it
		sent = append(sent, object{"Id": e.ID, "MessageId": e.ID, "MD5OfMessageBody": hex.EncodeToString(sum[:])})
	}
	return object{"Successful": sent, "Failed": failed}
}

func (f *fake) putRecords(in *batch) object {
	var records []object
	failed := 0
	for _, r := range in.Records {
		if f.refuse[r.PartitionKey] {
			failed++
			records = append(records, object{"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "slow down"})
			continue
		}
		f.stream[r.PartitionKey] = true
		records = append(records, object{"SequenceNumber": "1", "ShardId": "1"})
	}
	return object{"FailedRecordCount": failed, "Records": records}
}

type deleteObjects struct {
	Objects []struct{ Key string } `xml:"Object"`
}

type deleteResult struct {
	Errors []deleteError `xml:"Error"`
}

type deleteError struct{ Key, Code, Message string }

func (f *fake) deleteObjects(in *deleteObjects) (out deleteResult) {
	for _, o := range in.Objects {
		if f.refuse[o.Key] {
			out.Errors = append(out.Errors, deleteError{o.Key, "AccessDenied", "object is locked"})
			continue
		}
		delete(f.bucket, o.Key)
	}
	return out
}
