// Package loads does for others what the configuration says of package codecs. It imports no decoder.
package loads

import "codecs"

func Load(b []byte, v any) error { // want Load:`.`
	return codecs.Fill(b, v)
}

func Stop(text string) { // want Stop:"never returns"
	codecs.Die("stopped: " + text)
}

func Grumble(text string) { codecs.Complain(text) }
