package batchshallow

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

// The JSON text of the answer ends in an error's text: no entry's code was read.
func ErrorText(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r)
		return fmt.Errorf("attach: %s", text)
	}
	return nil
}

func ErrorTextNew(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, err := json.MarshalIndent(r.Detail, "", "\t")
		if err != nil {
			return err
		}
		return errors.New("attach: " + string(text))
	}
	return nil
}

// A line end makes no difference.
func LoggedLine(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r)
		os.Stderr.Write(append(text, '\n'))
		return errDisks
	}
	return nil
}

// Nor does a text in between.
func LoggedText(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r)
		message := fmt.Sprintf("attach: %s", text)
		io.WriteString(os.Stderr, message)
		log.Println("answer: " + message)
		return errDisks
	}
	return nil
}

// errorf makes errors of the package's kind.
func errorf(format string, args ...any) error {
	return fmt.Errorf("disks: "+format, args...)
}

// What errorf gets becomes an error's text.
func OwnErrorf(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		text, _ := json.Marshal(r)
		return errorf("attach: %s", text)
	}
	return nil
}

func OwnErrorfOfAnswer(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		return errorf("attach: %+v", r)
	}
	return nil
}

// dump logs what it gets.
func dump(v any) {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return
	}
	log.Print(string(append(text, '\n')))
}

// What dump gets is printed.
func OwnDump(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		dump(r.Detail)
		return errDisks
	}
	return nil
}

// pretty gives a text, and nobody looks into it.
func pretty(v any) string {
	text, _ := json.MarshalIndent(v, "", "  ")
	return string(text)
}

func OwnPretty(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		log.Printf("answer: %s", pretty(r))
		return errorf("attach: %s", pretty(r.Detail))
	}
	return nil
}

// Silent: the text goes to whoever called.
func PrettyReturned(c Client, ids []string) (string, error) {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return "", err
	}
	if r.Code != 0 {
		return pretty(r), errDisks
	}
	return "", nil
}

// Silent: the text is a member of the error, for those who want to read it.
func TextMember(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		text, _ := json.Marshal(r)
		return &TextError{Code: r.Code, Text: string(text)}
	}
	return nil
}

// remember keeps what it gets for others.
func remember(v any) {
	text, _ := json.Marshal(v)
	log.Print(string(text))
	remembered = append(remembered, text)
}

var remembered [][]byte

// Silent: somebody else has the text, too.
func Remembered(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		remember(r)
		return errDisks
	}
	return nil
}

// Silent: the text is compared, so it may decide.
func Compared(c Client, ids []string) error {
	r, err := c.Send("AttachCbsStorages", ids)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		if pretty(r.Detail) == "{}" {
			return nil
		}
		return errDisks
	}
	return nil
}
