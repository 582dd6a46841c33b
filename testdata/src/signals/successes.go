package signals

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Silent: the caller gets the list, filled by index.
func listByIndex(ctx context.Context, c *ecs.Client, in *ecs.RunTaskInput) ([]string, error) {
	out, err := c.RunTask(ctx, in)
	if err != nil {
		return nil, err
	}
	arns := make([]string, len(out.Tasks))
	for i, t := range out.Tasks {
		arns[i] = *t.TaskArn
	}
	return arns, nil
}

// Silent: the size is that of the request.
func listOfRequest(ctx context.Context, c *ecs.Client, in *ecs.RunTaskInput, n int) ([]string, error) {
	out, err := c.RunTask(ctx, in)
	if err != nil {
		return nil, err
	}
	arns := make([]string, n)
	for i, t := range out.Tasks {
		arns[i] = aws.ToString(t.TaskArn)
	}
	return arns, nil
}

// Silent: the list of what was sent is searched.
func listContains(ctx context.Context, c *sns.Client, in *sns.PublishBatchInput, id string) error {
	out, err := c.PublishBatch(ctx, in)
	if err != nil {
		return err
	}
	var sent []string
	for _, s := range out.Successful {
		sent = append(sent, *s.Id)
	}
	if !slices.Contains(sent, id) {
		return errors.New("not sent")
	}
	return nil
}

// Silent: likewise.
func listIndex(ctx context.Context, c *sns.Client, in *sns.PublishBatchInput, id string) error {
	out, err := c.PublishBatch(ctx, in)
	if err != nil {
		return err
	}
	var sent []string
	for _, s := range out.Successful {
		sent = append(sent, *s.Id)
	}
	if slices.Index(sent, id) < 0 {
		return errors.New("not sent")
	}
	return nil
}

// Silent: likewise, by a loop.
func listSearched(ctx context.Context, c *sns.Client, in *sns.PublishBatchInput, id string) error {
	out, err := c.PublishBatch(ctx, in)
	if err != nil {
		return err
	}
	var sent []string
	for _, s := range out.Successful {
		sent = append(sent, *s.Id)
	}
	for _, s := range sent {
		if s == id {
			return nil
		}
	}
	return errors.New("not sent")
}

// Silent: whoever isn't in the list is sent again.
func listSearchedByEach(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, again func(id string)) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	sent := make([]string, 0, len(out.Successful))
	for _, s := range out.Successful {
		sent = append(sent, *s.Id)
	}
	for _, e := range in.Entries {
		if !slices.Contains(sent, *e.Id) {
			again(*e.Id)
		}
	}
	return nil
}

// Silent: an item without an ID has failed.
func idTested(ctx context.Context, c *eventbridge.Client, in *eventbridge.PutEventsInput) ([]string, error) {
	out, err := c.PutEvents(ctx, in)
	if err != nil {
		return nil, err
	}
	res := make([]string, len(in.Entries))
	for i, r := range out.Entries {
		if r.EventId != nil {
			res[i] = *r.EventId
		}
	}
	return res, nil
}

// Silent: likewise, by an index.
func idTestedAt(ctx context.Context, c *eventbridge.Client, in *eventbridge.PutEventsInput) ([]string, error) {
	out, err := c.PutEvents(ctx, in)
	if err != nil {
		return nil, err
	}
	res := make([]string, len(out.Entries))
	for i := range out.Entries {
		if id := aws.ToString(out.Entries[i].EventId); id != "" {
			res[i] = id
		}
	}
	return res, nil
}

type progress struct {
	sent, all int
	ids       []string
	last      string
}

// Silent: the fields are tested after the loop.
func fieldTested(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	p := progress{all: len(in.Entries)}
	for _, s := range out.Successful {
		p.sent++
		p.last = *s.Id
	}
	if p.sent < p.all {
		return errors.New("some are missing")
	}
	return nil
}

// Silent: likewise.
func fieldListTested(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	p := &progress{}
	for _, s := range out.Successful {
		p.ids = append(p.ids, *s.Id)
	}
	if len(p.ids) == 0 {
		return errors.New("none was sent")
	}
	return nil
}

type halves struct {
	ok, bad int
}

// Silent: what each list has is kept, and asked for later.
func fieldsOfResponse(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) error {
	var h halves
	for range 3 {
		out, err := c.SendMessageBatch(ctx, in)
		if err != nil {
			return err
		}
		h.ok += len(out.Successful)
		h.bad += len(out.Failed)
	}
	if h.bad > 0 {
		return errors.New("failed")
	}
	return nil
}

// Silent: the caller learns how many were sent.
func listCounted(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (int, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return 0, err
	}
	var ids []string
	for _, s := range out.Successful {
		ids = append(ids, *s.MessageId)
	}
	return len(ids), nil
}

// Silent: the caller learns what was deleted.
func deletedKeys(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) ([]string, error) {
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(out.Deleted))
	for _, d := range out.Deleted {
		keys = append(keys, aws.ToString(d.Key))
	}
	return keys, nil
}

// Silent: likewise, over several requests.
func deletedKeysOfAll(ctx context.Context, c *s3.Client, all []*s3.DeleteObjectsInput) (keys []string, err error) {
	for _, in := range all {
		out, err := c.DeleteObjects(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, d := range out.Deleted {
			keys = append(keys, *d.Key)
		}
	}
	return keys, nil
}

// A list that is only printed tells no caller.
func listPrinted(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	var keys []string
	for _, d := range out.Deleted {
		keys = append(keys, *d.Key)
	}
	log.Print(keys)
	return nil
}

// A list that nobody reads tells nobody.
func listUnread(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	keys := make([]string, len(out.Deleted))
	for i, d := range out.Deleted {
		keys[i] = *d.Key
	}
	return nil
}

// Silent: an item that failed has no ID, and the list shows it.
func idsByPosition(ctx context.Context, c *eventbridge.Client, in *eventbridge.PutEventsInput) ([]*string, error) {
	out, err := c.PutEvents(ctx, in)
	if err != nil {
		return nil, err
	}
	res := make([]*string, len(in.Entries))
	for i, r := range out.Entries {
		res[i] = r.EventId
	}
	return res, nil
}

// Silent: likewise. The library's function gives an empty text for no ID.
func idsAsText(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) ([]string, error) {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range out.Records {
		ids = append(ids, aws.ToString(r.SequenceNumber))
	}
	return ids, nil
}

// Silent: likewise, in the caller's list.
func idsIntoCallersList(ctx context.Context, c *eventbridge.Client, in *eventbridge.PutEventsInput, res []string) error {
	out, err := c.PutEvents(ctx, in)
	if err != nil {
		return err
	}
	for i, r := range out.Entries {
		res[i] = aws.ToString(r.EventId)
	}
	return nil
}

// Such a list tells nobody if it is only printed.
func idsPrinted(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput) error {
	out, err := c.PutRecords(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	var ids []string
	for _, r := range out.Records {
		ids = append(ids, aws.ToString(r.SequenceNumber))
	}
	log.Print(ids)
	return nil
}

// Silent: what was taken is known to whoever has the map.
func idsAsKeys(ctx context.Context, c *kinesis.Client, in *kinesis.PutRecordsInput, done map[string]bool) error {
	out, err := c.PutRecords(ctx, in)
	if err != nil {
		return err
	}
	for _, r := range out.Records {
		done[*r.SequenceNumber] = true
	}
	return nil
}

// Silent: a map of what was sent is searched.
func mapOfIDs(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, want []string) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	sent := map[string]string{}
	for _, s := range out.Successful {
		sent["x"] = *s.Id
	}
	for _, w := range want {
		if _, ok := sent[w]; !ok {
			return errors.New("x")
		}
	}
	return nil
}

// Silent: the caller gets a text that names them.
func idsInBuilder(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (string, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, s := range out.Successful {
		b.WriteString(*s.Id)
	}
	return b.String(), nil
}

// Silent: whoever receives from the channel gets them.
func idsSent(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput, ch chan string) error {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return err
	}
	for _, s := range out.Successful {
		ch <- *s.Id
	}
	return nil
}

// Silent: the client of the service gets them.
func idsServed(w http.ResponseWriter, r *http.Request, c *sqs.Client, in *sqs.SendMessageBatchInput) {
	out, err := c.SendMessageBatch(r.Context(), in)
	if err != nil {
		http.Error(w, "x", 500)
		return
	}
	var ids []string
	for _, s := range out.Successful {
		ids = append(ids, *s.Id)
	}
	json.NewEncoder(w).Encode(map[string]any{"sent": ids})
}

// Silent: the caller gets a struct with them.
func idsInStruct(ctx context.Context, c *sqs.Client, in *sqs.SendMessageBatchInput) (*sent, error) {
	out, err := c.SendMessageBatch(ctx, in)
	if err != nil {
		return nil, err
	}
	res := &sent{}
	for _, s := range out.Successful {
		res.IDs = append(res.IDs, *s.Id)
	}
	return res, nil
}

// Silent: literals fill the list.
func idsOfGoroutines(ctx context.Context, c *sqs.Client, all []*sqs.SendMessageBatchInput) ([]string, error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	var ids []string
	for _, in := range all {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out, err := c.SendMessageBatch(ctx, in)
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			for _, s := range out.Successful {
				ids = append(ids, *s.Id)
			}
		}()
	}
	wg.Wait()
	return ids, nil
}

// Silent: the list is a named result that a deferred literal captures.
func idsInNamedResult(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) (keys []string, err error) {
	defer func() { log.Print(len(keys)) }()
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return nil, err
	}
	for _, d := range out.Deleted {
		keys = append(keys, *d.Key)
	}
	return keys, nil
}

// Silent: a helper makes the list.
func idsByHelper(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) ([]string, error) {
	out, err := c.DeleteObjects(ctx, in)
	if err != nil {
		return nil, err
	}
	return keysOf(out), nil
}

// A loop that prints tells no caller, whatever it prints to.
func keysPrinted(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	for _, d := range out.Deleted {
		fmt.Fprintln(os.Stderr, *d.Key)
	}
	return nil
}

// Each item is saved, and nobody hears of the others.
func keysSaved(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	for _, d := range out.Deleted {
		if err := save(*d.Key); err != nil {
			return err
		}
	}
	return nil
}

// A number that is only printed tells no caller.
func keysCountPrinted(ctx context.Context, c *s3.Client, in *s3.DeleteObjectsInput) error {
	out, err := c.DeleteObjects(ctx, in) // want `result-unchecked`
	if err != nil {
		return err
	}
	n := 0
	for range out.Deleted {
		n++
	}
	log.Printf("deleted %d", n)
	return nil
}

func keysOf(out *s3.DeleteObjectsOutput) (keys []string) {
	for _, d := range out.Deleted {
		keys = append(keys, *d.Key)
	}
	return keys
}

func save(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return f.Close()
}

type sent struct {
	IDs []string
}
