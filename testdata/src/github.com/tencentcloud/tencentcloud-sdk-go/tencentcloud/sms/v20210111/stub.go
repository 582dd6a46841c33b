// Package v20210111 stands for the real SDK: asynccheck knows it by its path.
package v20210111

import (
	"context"
	"encoding/json"
)

type Client struct{}

func NewSendSmsRequest() (request *SendSmsRequest) { return &SendSmsRequest{} }

func (c *Client) SendSms(request *SendSmsRequest) (response *SendSmsResponse, err error) {
	return c.SendSmsWithContext(context.Background(), request)
}

func (c *Client) SendSmsWithContext(ctx context.Context, request *SendSmsRequest) (response *SendSmsResponse, err error) {
	return &SendSmsResponse{}, nil
}

type SendSmsRequest struct {
	PhoneNumberSet   []*string `json:"PhoneNumberSet,omitnil" name:"PhoneNumberSet"`
	SmsSdkAppId      *string   `json:"SmsSdkAppId,omitnil" name:"SmsSdkAppId"`
	TemplateId       *string   `json:"TemplateId,omitnil" name:"TemplateId"`
	SignName         *string   `json:"SignName,omitnil" name:"SignName"`
	TemplateParamSet []*string `json:"TemplateParamSet,omitnil" name:"TemplateParamSet"`
	ExtendCode       *string   `json:"ExtendCode,omitnil" name:"ExtendCode"`
	SessionContext   *string   `json:"SessionContext,omitnil" name:"SessionContext"`
	SenderId         *string   `json:"SenderId,omitnil" name:"SenderId"`
}

type SendSmsResponseParams struct {
	SendStatusSet []*SendStatus `json:"SendStatusSet,omitnil" name:"SendStatusSet"`
	RequestId     *string       `json:"RequestId,omitnil" name:"RequestId"`
}

type SendSmsResponse struct {
	Response *SendSmsResponseParams `json:"Response"`
}

func (r *SendSmsResponse) ToJsonString() string {
	b, _ := json.Marshal(r)
	return string(b)
}

type SendStatus struct {
	SerialNo       *string `json:"SerialNo,omitnil" name:"SerialNo"`
	PhoneNumber    *string `json:"PhoneNumber,omitnil" name:"PhoneNumber"`
	Fee            *uint64 `json:"Fee,omitnil" name:"Fee"`
	SessionContext *string `json:"SessionContext,omitnil" name:"SessionContext"`
	Code           *string `json:"Code,omitnil" name:"Code"`
	Message        *string `json:"Message,omitnil" name:"Message"`
	IsoCode        *string `json:"IsoCode,omitnil" name:"IsoCode"`
}
