// Package senders gives values of interfaces that have an SDK's method. It calls none of them.
package senders

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// A Sender is a client, or a fake of one.
type Sender interface {
	SendMessageBatch(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

// Default is for everybody.
var Default Sender = new(sqs.Client)

// A Service sends.
type Service struct{ Sender Sender }

// New returns a service.
func New() *Service { return &Service{Default} }

// Get returns the sender.
func (s *Service) Get() Sender { return s.Sender }
