// Package clients gives clients of an SDK, and mentions none of the operations that contracts name. Others call these.
package clients

import "github.com/aws/aws-sdk-go-v2/service/sqs"

// A Queue has the client's methods.
type Queue struct {
	*sqs.Client
	URL string
}

// Client is the SDK's.
type Client = sqs.Client

// Default is for everybody.
var Default = connect()

func connect() *sqs.Client { return new(sqs.Client) }

// Connect returns a new client.
func Connect() *sqs.Client { return connect() }
