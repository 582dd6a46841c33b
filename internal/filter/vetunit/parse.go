package vetunit

import (
	"errors"
	"strconv"
)

// Parse reads the description of a unit, which is JSON. Package encoding/json would take most of a unit's time.
func Parse(data []byte) (*Unit, error) {
	p := &parser{data: data}
	u := new(Unit)
	p.object(func(key string) {
		switch key {
		case "ImportPath":
			u.ImportPath = p.string()
		case "GoFiles":
			p.items('[', ']', func() { u.GoFiles = append(u.GoFiles, p.string()) })
		case "ModulePath":
			u.Module.Path = p.string()
		case "ModuleVersion":
			u.Module.Version = p.string()
		case "Module": // since Go 1.27
			p.object(func(key string) {
				switch key {
				case "Path":
					u.Module.Path = p.string()
				case "Version":
					u.Module.Version = p.string()
				default:
					p.skip()
				}
			})
		case "ImportMap":
			u.ImportMap = p.table()
		case "PackageFile":
			u.PackageFile = p.table()
		case "PackageVetx":
			u.PackageVetx = p.table()
		case "VetxOnly":
			u.VetxOnly = p.peek() == 't'
			p.skip()
		case "VetxOutput":
			u.VetxOutput = p.string()
		case "Stdout":
			u.Stdout = p.string()
		default:
			p.skip()
		}
	})
	if p.wrong {
		return nil, errors.New("not a description of a unit")
	}
	return u, nil
}

// A parser reads JSON. It does not say what is wrong with bad JSON: unitchecker reads it again and does.
type parser struct {
	data  []byte
	wrong bool
}

// peek returns the next byte that is no blank, 0 at the end.
func (p *parser) peek() byte {
	for i, c := range p.data {
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			p.data = p.data[i:]
			return c
		}
	}
	p.data = nil
	p.wrong = true
	return 0
}

// accept reads a byte, if it comes next.
func (p *parser) accept(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.data = p.data[1:]
	return true
}

// items reads an array or an object, or null.
func (p *parser) items(open, end byte, item func()) {
	if !p.accept(open) {
		p.skip()
		return
	}
	for !p.accept(end) && !p.wrong {
		item()
		if p.peek() != end && !p.accept(',') {
			p.wrong = true
		}
	}
}

func (p *parser) object(member func(key string)) {
	p.items('{', '}', func() {
		key := p.string()
		if !p.accept(':') {
			p.wrong = true
		}
		member(key)
	})
}

func (p *parser) table() map[string]string {
	t := make(map[string]string)
	p.object(func(key string) { t[key] = p.string() })
	return t
}

func (p *parser) string() string {
	escaped := false
	if p.peek() == '"' {
		for i := 1; i < len(p.data); i++ {
			switch p.data[i] {
			case '\\':
				escaped = true
				i++
			case '"':
				text := string(p.data[:i+1])
				p.data = p.data[i+1:]
				if !escaped {
					return text[1:i]
				}
				text, err := strconv.Unquote(text) // it accepts all that the go command writes
				p.wrong = p.wrong || err != nil
				return text
			}
		}
	}
	p.wrong = true
	return ""
}

// skip reads a value and ignores it.
func (p *parser) skip() {
	switch p.peek() {
	case '{':
		p.object(func(string) { p.skip() })
	case '[':
		p.items('[', ']', p.skip)
	case '"':
		p.string()
	default: // a number, true, false or null
		n := 0
		for n < len(p.data) && (p.data[n] == '-' || p.data[n] == '+' || p.data[n] == '.' ||
			'0' <= p.data[n] && p.data[n] <= '9' || 'a' <= p.data[n]|0x20 && p.data[n]|0x20 <= 'z') {
			n++
		}
		p.data = p.data[n:]
		p.wrong = p.wrong || n == 0
	}
}
