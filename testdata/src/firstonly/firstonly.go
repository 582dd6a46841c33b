// Package firstonly sends texts, and reads only the first status of several: batch-first-only.
package firstonly

import (
	"errors"
	"fmt"
	"log"
	"slices"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sms "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/sms/v20210111"
)

func request(phones []string) *sms.SendSmsRequest {
	r := sms.NewSendSmsRequest()
	r.PhoneNumberSet = common.StringPtrs(phones)
	return r
}

func first(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones)) // want `batch-first-only: only the first of res\.Response\.SendStatusSet is read before the return on line 29: refused messages are not sent`
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New(*res.Response.SendStatusSet[0].Message)
	}
	return nil
}

// Whether there is a status says nothing of the others.
func guarded(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones)) // want `batch-first-only: only the first of res\.Response\.SendStatusSet is read before the return on line 44`
	if err != nil {
		return err
	}
	if res.Response == nil || len(res.Response.SendStatusSet) == 0 {
		return errors.New("no status")
	}
	log.Printf("answer: %+v", res.Response)
	set := res.Response.SendStatusSet
	if 1 <= len(set) && set[0].Code != nil && *set[0].Code == "Ok" {
		return nil
	}
	return fmt.Errorf("not sent: %s", *set[0].Message)
}

type sender interface {
	SendSms(request *sms.SendSmsRequest) (*sms.SendSmsResponse, error)
}

// The caller gets the first status, and none of the others.
func code(s sender, r *sms.SendSmsRequest) (code string, err error) {
	res, err := s.SendSms(r) // want `batch-first-only: .*line 60`
	if err != nil {
		return "", err
	}
	status := res.Response.SendStatusSet[0]
	return *status.Code, nil
}

// A retry asks for all of them again.
func again(client *sms.Client, phones []string) {
	for range 3 {
		res, err := client.SendSms(request(phones)) // want `batch-first-only: `
		if err == nil && *res.Response.SendStatusSet[0].Code == "Ok" {
			return
		}
	}
}

// Nothing is read: this is no finding of this rule.
func unread(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones)) // want `result-unchecked: `
	if err != nil {
		return err
	}
	log.Print(*res.Response.SendStatusSet[0].SerialNo)
	return nil
}

// Silent: all are read.
func all(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	for _, s := range res.Response.SendStatusSet {
		if *s.Code != "Ok" {
			return errors.New(*s.Message)
		}
	}
	return nil
}

// Silent: all are read, the first one by itself.
func firstAndOthers(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	set := res.Response.SendStatusSet
	if *set[0].Code != "Ok" {
		return errors.New(*set[0].Message)
	}
	for i := 1; i < len(set); i++ {
		if *set[i].Code != "Ok" {
			return errors.New(*set[i].Message)
		}
	}
	return nil
}

// Silent: a second one is read.
func two(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	set := res.Response.SendStatusSet
	if *set[0].Code != "Ok" || len(set) > 0 && *set[1].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: there is only one status.
func one(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	if len(res.Response.SendStatusSet) != 1 || *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: the number of statuses is compared with something.
func counted(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	if len(res.Response.SendStatusSet) > len(phones) || *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

func refused(s *sms.SendStatus) bool { return *s.Code != "Ok" }

// Silent: somebody else gets the list.
func handedOn(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code == "LimitExceeded" {
		return errors.New("too many")
	}
	if slices.ContainsFunc(res.Response.SendStatusSet, refused) {
		return errors.New("not sent")
	}
	return nil
}

func check(res *sms.SendSmsResponse) error {
	for _, s := range res.Response.SendStatusSet {
		if *s.Code != "Ok" {
			return errors.New(*s.Message)
		}
	}
	return nil
}

// Silent: a function of the package gets the response.
func checked(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code == "LimitExceeded" {
		return errors.New("too many")
	}
	return check(res)
}

// Silent: the caller gets the response.
func returned(client *sms.Client, phones []string) (*sms.SendSmsResponse, error) {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return nil, err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		log.Print("not sent")
	}
	return res, nil
}

// Silent: whoever has the response from a function doesn't know the request.
func fromOther(client *sms.Client, phones []string) error {
	res, err := returned(client, phones)
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: one text is sent.
func toOne(client *sms.Client, phone string) error {
	r := sms.NewSendSmsRequest()
	r.PhoneNumberSet = common.StringPtrs([]string{phone})
	res, err := client.SendSms(r)
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: one text is sent.
func literal(client *sms.Client, phone string) error {
	res, err := client.SendSms(&sms.SendSmsRequest{PhoneNumberSet: []*string{&phone}})
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: one text is sent, by a function literal that captures the request.
func appended(client *sms.Client, retry func(func() error) error, phone string) error {
	r := &sms.SendSmsRequest{}
	r.PhoneNumberSet = append([]*string{}, &phone)
	return retry(func() error {
		res, err := client.SendSms(r)
		if err != nil {
			return err
		}
		if *res.Response.SendStatusSet[0].Code != "Ok" {
			return errors.New("not sent")
		}
		return nil
	})
}

// Silent: the literal captures the request itself.
func captured(client *sms.Client, retry func(func() error) error, phone string) error {
	var r sms.SendSmsRequest
	r.PhoneNumberSet = []*string{&phone}
	return retry(func() error {
		res, err := client.SendSms(&r)
		if err != nil {
			return err
		}
		if *res.Response.SendStatusSet[0].Code != "Ok" {
			return errors.New("not sent")
		}
		return nil
	})
}

// Several texts are sent, with one parameter, which the rule takes for the one text: it misses this.
func oneParameter(client *sms.Client, phones []string, text string) error {
	r := request(phones)
	r.TemplateParamSet = []*string{&text}
	res, err := client.SendSms(r)
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}

// Silent: the first failure is an error, and so is the rest.
func fails(client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		return err
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New(*res.Response.SendStatusSet[0].Message)
	}
	return errors.New("unsupported")
}

// Silent: it is a test.
func testSend(t *testing.T, client *sms.Client, phones []string) error {
	res, err := client.SendSms(request(phones))
	if err != nil {
		t.Fatal(err)
	}
	if *res.Response.SendStatusSet[0].Code != "Ok" {
		return errors.New("not sent")
	}
	return nil
}
