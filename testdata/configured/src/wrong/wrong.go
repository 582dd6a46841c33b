// Package wrong declares types of which the configuration says what can't be.
package wrong // want `directive: configuration of wrong.Missing: package wrong declares no such type`

type Answer struct { // want `directive: configuration of wrong.Answer: code=Nope: Answer has no such field`
	Code   int                    `json:"code"`
	Detail map[string]interface{} `json:"detail"`
}

type Alone struct { // want `directive: configuration of wrong.Alone: a batch needs a detail, and no member of Alone is named "detail": want detail=…`
	Code int `json:"code"`
}

type Number int // want `directive: configuration of wrong.Number: Number is not declared as a struct type`
