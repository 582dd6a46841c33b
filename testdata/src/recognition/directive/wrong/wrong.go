// Package wrong has directives that cannot be right: each is itself reported,
// where it stands.
package wrong

// Item is what happened to one server.
type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// UnknownWord: there is no such kind of response.
//
//asynccheck:response bulk // want "directive"
type UnknownWord struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// NoWord: a directive has to say what the type is.
//
//asynccheck:response // want "directive"
type NoWord struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// UnknownOption: the member is called detail.
//
//asynccheck:response batch details=Results // want "directive"
type UnknownOption struct {
	Code    int             `json:"code"`
	Results map[string]Item `json:"results"`
}

// UnknownMember: there is no field RetCode.
//
//asynccheck:response batch code=RetCode // want "directive"
type UnknownMember struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// UnknownNested: Head has no field RetCode.
//
//asynccheck:response single code=Head.RetCode // want "directive"
type UnknownNested struct {
	Head struct {
		Code int `json:"code"`
	} `json:"head"`
	RequestID string `json:"requestId"`
}

// WrongCode: a collection is no code.
//
//asynccheck:response batch code=Detail // want "directive"
type WrongCode struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// WrongDetail: a number is no detail.
//
//asynccheck:response batch detail=Total // want "directive"
type WrongDetail struct {
	Code   int             `json:"code"`
	Total  int             `json:"total"`
	Detail map[string]Item `json:"detail"`
}

// WrongTask: a bool is no task ID.
//
//asynccheck:response single task=Accepted // want "directive"
type WrongTask struct {
	Code     int  `json:"code"`
	Accepted bool `json:"accepted"`
}

// Contradiction: a type is a batch or a single result.
//
//asynccheck:response batch
//asynccheck:response single // want "directive"
type Contradiction struct {
	Code      int             `json:"code"`
	Message   string          `json:"message"`
	RequestID string          `json:"requestId"`
	Detail    map[string]Item `json:"detail"`
}

// NoneWithMember: what is no response has no code.
//
//asynccheck:response none code=Code // want "directive"
type NoneWithMember struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// SingleWithDetail: a single result has no detail.
//
//asynccheck:response single code=Code detail=Detail // want "directive"
type SingleWithDetail struct {
	Code   int             `json:"code"`
	Detail map[string]Item `json:"detail"`
}

// NotStruct: a list of IDs has no members.
//
//asynccheck:response batch // want "directive"
type NotStruct []string
