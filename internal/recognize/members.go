package recognize

import (
	"cmp"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// A field is a member of a struct's JSON form.
type field struct {
	name     string // in JSON
	path     []int  // field indexes from the struct, through embedded ones
	v        *types.Var
	tagged   bool // the tag gives the name
	exported bool // if false, an accessor method reaches the field
	optional bool // the tag lets JSON leave it out
}

// A jsonStruct is a struct type and its JSON members.
type jsonStruct struct {
	typ    types.Type // without aliases and pointers
	st     *types.Struct
	fields []field
	tagged bool // some field has a json tag
}

// newJSONStruct returns the jsonStruct of t, which may be a pointer to a struct, or nil
// if t is not a struct.
func newJSONStruct(t types.Type) *jsonStruct {
	t = gotype.Deref(t)
	st := structOf(t)
	if st == nil {
		return nil
	}
	r := &jsonStruct{typ: t, st: st}
	r.collect()
	return r
}

// An embedded struct that is still to be visited.
type embedded struct {
	st       *types.Struct
	path     []int
	repeated bool // embedded more than once at this depth
}

// collect finds the members as encoding/json does: breadth first through
// embedded structs; the shallowest member of a name hides the others; at equal depth
// a tagged one hides untagged ones; otherwise they annihilate each other.
func (r *jsonStruct) collect() {
	seen := map[any]bool{typeKey(r.typ): true}
	var all []field
	for level := []*embedded{{st: r.st}}; len(level) > 0; {
		var next []*embedded
		at := make(map[any]*embedded) // this level's embedded types
		for _, e := range level {
			for i := range e.st.NumFields() {
				v := e.st.Field(i)
				path := append(slices.Clone(e.path), i)
				name, ok := r.jsonName(v, e.st.Tag(i))
				if !ok {
					continue
				}
				t := gotype.Deref(v.Type())
				if inner := structOf(t); v.Embedded() && inner != nil && name == "" {
					if key := typeKey(t); at[key] != nil {
						at[key].repeated = true
					} else if !seen[key] {
						seen[key] = true
						at[key] = &embedded{inner, path, e.repeated}
						next = append(next, at[key])
					}
					continue
				}
				f := field{name, path, v, name != "", v.Exported(), isOptional(e.st.Tag(i))}
				if f.name == "" {
					f.name = v.Name()
				}
				all = append(all, f)
				if e.repeated {
					all = append(all, f) // its own rival
				}
			}
		}
		level = next
	}
	r.fields = dominant(all)
}

// typeKey identifies a struct type. All instances of a generic type have the same key: their members have the same
// names, and hide or annihilate each other as those of a single type do.
func typeKey(t types.Type) any {
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return t
}

// jsonName returns the name that v's tag gives, "" if it gives none, and whether
// v is a member at all. It notes whether there is a json tag.
func (r *jsonStruct) jsonName(v *types.Var, tag string) (name string, ok bool) {
	// A malformed tag still shows that the struct is meant for JSON.
	if strings.Contains(tag, "json:") {
		r.tagged = true
	}
	name, ok = tagName(tag)
	if !ok {
		return "", false
	}
	if !v.Exported() && !(v.Embedded() && structOf(gotype.Deref(v.Type())) != nil) && !r.accessible(v) {
		return "", false
	}
	return name, true
}

// tagName returns the name that a tag gives, "" if it gives none, and whether
// the field is a member.
func tagName(tag string) (name string, ok bool) {
	value := reflect.StructTag(tag).Get("json")
	if value == "-" {
		return "", false
	}
	name, _, _ = strings.Cut(value, ",")
	if !validName(name) {
		name = ""
	}
	return name, true
}

// isOptional reports whether a tag lets JSON leave the member out.
func isOptional(tag string) bool {
	_, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
	return slices.ContainsFunc(strings.Split(options, ","), func(o string) bool { return o == "omitempty" || o == "omitzero" })
}

// validName reports whether encoding/json takes s as a name from a tag.
func validName(s string) bool {
	for _, c := range s {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return s != ""
}

// accessible reports whether r has an accessor method, Code or GetCode, for the unexported field v, code.
func (r *jsonStruct) accessible(v *types.Var) bool {
	c, size := utf8.DecodeRuneInString(v.Name())
	title := string(unicode.ToUpper(c)) + v.Name()[size:]
	for _, name := range []string{title, "Get" + title} {
		obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(r.typ), false, v.Pkg(), name)
		if fn, ok := obj.(*types.Func); ok {
			sig := fn.Signature()
			if sig.Params().Len() == 0 && sig.Results().Len() > 0 && types.Identical(sig.Results().At(0).Type(), v.Type()) {
				return true
			}
		}
	}
	return false
}

// dominant returns for each name the one field that hides the others, if there is one, in declaration order.
func dominant(all []field) []field {
	byName := make(map[string][]field)
	for _, f := range all {
		byName[f.name] = append(byName[f.name], f)
	}
	var out []field
	for _, rivals := range byName {
		// An unexported field is no rival for encoding/json.
		slices.SortStableFunc(rivals, func(a, b field) int {
			return cmp.Or(
				compareBool(b.exported, a.exported),
				cmp.Compare(len(a.path), len(b.path)),
				compareBool(b.tagged, a.tagged))
		})
		first := rivals[0]
		if len(rivals) > 1 {
			second := rivals[1]
			if first.exported == second.exported && len(first.path) == len(second.path) && first.tagged == second.tagged {
				continue
			}
		}
		out = append(out, first)
	}
	slices.SortFunc(out, func(a, b field) int { return slices.Compare(a.path, b.path) })
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return +1
}

// member returns the member that the first suitable JSON name leads to, or nil. A name is suitable if its member's type
// is.
func (r *jsonStruct) member(suits func(types.Type) bool, names ...string) *Member {
	for _, name := range names {
		if f := r.find(name); f != nil {
			if m := r.at(f.path); suits(m.Type) {
				return m
			}
		}
	}
	return nil
}

// find returns the field that encoding/json stores a JSON name in: the one with exactly that name, else the first that
// differs in case only. It returns nil if there is none.
func (r *jsonStruct) find(name string) *field {
	var found *field
	for i := range r.fields {
		f := &r.fields[i]
		switch {
		case !strings.EqualFold(f.name, name):
		case f.exported && f.name == name:
			return f
		case found == nil || f.exported && !found.exported:
			found = f
		}
	}
	return found
}

// at returns the member at a path of field indexes.
func (r *jsonStruct) at(path []int) *Member {
	m := &Member{Path: path, Type: r.typ}
	var names, short []string
	m.JSON = r.json(path)
	for i, index := range path {
		v := structOf(gotype.Deref(m.Type)).Field(index)
		m.Type = v.Type()
		names = append(names, v.Name())
		if i == len(path)-1 || !v.Embedded() {
			short = append(short, v.Name())
		}
	}
	m.Selector = strings.Join(names, ".")
	// The names of embedded structs can be left out. But Go's rules for promotion don't see tags: if they lead
	// elsewhere, the names stay.
	if s := strings.Join(short, "."); s != m.Selector {
		if other := r.selector(s); other != nil && slices.Equal(other.Path, path) {
			m.Selector = s
		}
	}
	return m
}

// selector returns the member that a Go selector such as "Data.TaskID" denotes, or nil.
func (r *jsonStruct) selector(sel string) *Member {
	m := &Member{Selector: sel, Type: r.typ}
	for name := range strings.SplitSeq(sel, ".") {
		t := gotype.Deref(m.Type)
		st := structOf(t)
		if st == nil {
			return nil
		}
		// Unexported fields are found in their own package's name space.
		pkg := packageOf(t)
		if pkg == nil {
			pkg = packageOf(r.typ)
		}
		if pkg == nil && st.NumFields() > 0 {
			pkg = st.Field(0).Pkg()
		}
		v, index, _ := types.LookupFieldOrMethod(t, true, pkg, name)
		if v, ok := v.(*types.Var); ok {
			m.Type = v.Type()
			m.Path = append(m.Path, index...)
			continue
		}
		return nil
	}
	m.JSON = r.json(m.Path)
	return m
}

// json returns the JSON names on the way to the member at a path of field indexes.
func (r *jsonStruct) json(path []int) string {
	var names []string
	t := r.typ
	for _, index := range path {
		st := structOf(gotype.Deref(t))
		v := st.Field(index)
		t = v.Type()
		name, _ := tagName(st.Tag(index))
		if name == "" && v.Embedded() && structOf(gotype.Deref(t)) != nil {
			continue
		}
		names = append(names, strings.ToLower(cmp.Or(name, v.Name())))
	}
	return strings.Join(names, ".")
}

// variable returns the field at the end of m's path in r.
func (r *jsonStruct) variable(m *Member) *types.Var { return fieldAt(r.typ, m.Path) }

// fieldAt returns the field at the end of a path from t. For an instance of a generic type it returns the generic
// type's field.
func fieldAt(t types.Type, path []int) *types.Var {
	var v *types.Var
	for _, index := range path {
		v = structOf(gotype.Deref(t)).Field(index)
		t = v.Type()
	}
	return v.Origin()
}

// owners returns the declared types that m belongs to: r's own and the embedded ones on the way to m.
func (r *jsonStruct) owners(m *Member) []*types.TypeName {
	var names []*types.TypeName
	t := r.typ
	for _, index := range m.Path {
		if n, ok := gotype.Deref(t).(*types.Named); ok {
			names = append(names, n.Origin().Obj())
		}
		t = structOf(gotype.Deref(t)).Field(index).Type()
	}
	return names
}

func packageOf(t types.Type) *types.Package {
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Pkg()
	}
	return nil
}

// structOf returns the struct under t, or nil. A type parameter is no struct, whatever its constraint: its type
// arguments are looked at one by one.
func structOf(t types.Type) *types.Struct {
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// These are the kinds of types that can play a role. Each function looks through one pointer.

// isID: a string or number, as task IDs are.
func isID(t types.Type) bool { return gotype.IsText(t) || gotype.IsNumber(t) }

// isCode also accepts a string. A string is a code only if a directive says so: its text is the code's number, or the
// symbolic name of a failure.
func isCode(t types.Type) bool { return isNumberOrAny(t) || gotype.IsText(t) }

func isNumberOrAny(t types.Type) bool { return gotype.IsNumber(t) || gotype.IsAny(gotype.Deref(t)) }
