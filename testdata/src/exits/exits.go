// Package exits ends with the loggers of other people.
package exits

import (
	"encoding/json"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

type Batch struct {
	Code    int             `json:"code"`
	Message string          `json:"message"`
	Detail  map[string]Item `json:"detail"`
}

type Item struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func decode(b []byte) (r Batch, err error) {
	err = json.Unmarshal(b, &r)
	return r, err
}

// Silent: Panicf of a logger panics, and such a path owes nothing.
func LoggerPanicf(b []byte, l *logrus.Logger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		l.Panicf("stop: %s", r.Message)
	}
	return nil
}

// Silent: Panicln panics.
func Panicln(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		logrus.Panicln("stop:", r.Message)
	}
	return nil
}

// Silent: Panicf of an entry panics.
func EntryPanicf(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		logrus.WithField("code", r.Code).Panicf("stop: %s", r.Message)
	}
	return nil
}

// Fatalln ends the process, and nobody has looked which resources failed.
func LoggerFatalln(b []byte, l *logrus.Logger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-failure: nobody learns which resources failed: r.Code may be 5400`
		l.Fatalln("stop:", r.Message)
	}
	return nil
}

// Exit ends the process.
func LoggerExit(b []byte, l *logrus.Logger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-failure: nobody learns which resources failed: r.Code may be 5400`
		l.Exit(1)
	}
	return nil
}

// Silent: Panicf panics.
func SugaredPanicf(b []byte, s *zap.SugaredLogger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		s.Panicf("stop: %s", r.Message)
	}
	return nil
}

// DPanicf goes on in production: the nil error says that all is done.
func SugaredDPanicf(b []byte, s *zap.SugaredLogger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-success: failed resources are treated as done: r.Code may be 5400`
		s.DPanicf("stop: %s", r.Message)
	}
	return nil
}

// Exitf ends the process: 5400 doesn't pass for success, but which resources failed is not known.
func KlogExitf(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-failure: nobody learns which resources failed: r.Code may be 5400`
		klog.Exitf("stop: %s", r.Message)
	}
	return nil
}

// Errorf goes on: the nil error says that all is done.
func KlogErrorf(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-success: failed resources are treated as done: r.Code may be 5400`
		klog.Errorf("stop: %s", r.Message)
	}
	return nil
}

// Silent: the event that Panic gives panics when it is sent.
func EventPanic(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		log.Panic().Int("code", r.Code).Msg(r.Message)
	}
	return nil
}

// Silent: the process ends when the event is sent, which may have all of the detail.
func EventFatal(b []byte, l *zerolog.Logger) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		l.Fatal().Interface("detail", r.Detail).Msg(r.Message)
	}
	return nil
}

// An event of another level goes on: the nil error says that all is done.
func EventError(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want `batch-partial-as-success: failed resources are treated as done: r.Code may be 5400`
		log.Error().Int("code", r.Code).Msg(r.Message)
	}
	return nil
}

func die(code int) {
	log.Panic().Int("code", code).Msg("stop")
}

// Silent: die panics, by its event.
func Die(b []byte) error {
	r, err := decode(b)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		die(r.Code)
	}
	return nil
}

// Silent: the literal looks at each entry, and is called by the event.
func EventFunc(b []byte) (failed []string, err error) {
	r, err := decode(b)
	if err != nil {
		return nil, err
	}
	if r.Code != 0 {
		log.Error().Func(func(e *zerolog.Event) {
			for id, item := range r.Detail {
				if item.Code != 0 {
					failed = append(failed, id)
				}
			}
		}).Msg(r.Message)
	}
	return failed, nil
}
