// Package wrong declares what the configuration says of it, but not quite.
package wrong // want `directive: configuration of wrong.Missing: package wrong declares no such type` `configuration of printer wrong.Log: package wrong declares no such function` `configuration of printer \(wrong.Gone\).Event: ` `configuration of decoder wrong.Decode: package wrong declares no such function`

type Answer struct { // want `directive: configuration of wrong.Answer: code=Nope: Answer has no such field`
	Code   int                    `json:"code"`
	Detail map[string]interface{} `json:"detail"`
}

type Alone struct { // want `directive: configuration of wrong.Alone: a batch needs a detail: write detail=…, since no member of Alone is named "detail"`
	Code int `json:"code"`
}

type Number int // want `directive: configuration of wrong.Number: Number is not declared as a struct type`

// Silent: there is such a printer.
func Event() {}

type Logger struct{} // want `configuration of printer \(wrong.Logger\).Log: package wrong declares no such function` `configuration of exit \(wrong.Logger\).Exit: package wrong declares no such function`

func (*Logger) Event() {}

type Outer struct{ Logger } // want `configuration of printer \(\*wrong.Outer\).Event: it is declared as \(\*wrong.Logger\).Event`
