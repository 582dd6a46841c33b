package rewrite

import "fmt"

// These kinds let a literal capture a variable that holds a struct, or a pointer to one, right after its declaration.
var captures = []*Kind{
	{
		Name: "capture-deferred", Before: "var r T", After: "var r T; defer func() { _ = r }()",
		apply: each(func(f *function) {
			f.behindDeclarations(func(v local) string { return fmt.Sprintf("defer func() { _ = %s }()", v.Name()) })
		}),
	},
	{
		Name: "capture-called-later", Before: "var r T; ...", After: "var r T; see := func() { _ = r }; ...; see()",
		apply: each(func(f *function) {
			f.behindDeclarations(func(v local) string {
				if len(v.list) < v.i+3 {
					return ""
				}
				see := f.fresh("see")
				f.before(v.list[len(v.list)-1], see+"()\n")
				return fmt.Sprintf("%s := func() { _ = %s }", see, v.Name())
			})
		}),
	},
	{
		Name: "capture-goroutine", Before: "var r T", After: "var r T; done := make(chan struct{}); go func() { defer close(done); _ = r }(); <-done",
		Opaque: true,
		apply: each(func(f *function) {
			f.behindDeclarations(func(v local) string {
				done := f.fresh("done")
				return fmt.Sprintf("%s := make(chan struct{})\ngo func() {\ndefer close(%[1]s)\n_ = %s\n}()\n<-%[1]s", done, v.Name())
			})
		}),
	},
}

// behindDeclarations puts statements after the declaration of each variable that holds a struct or a pointer to one.
func (f *function) behindDeclarations(statements func(v local) string) {
	for _, v := range f.locals() {
		if !f.record(v.Type()) || len(v.list) == 0 {
			continue
		}
		text := statements(v)
		switch {
		case text == "":
			continue
		case v.i < 0:
			f.before(v.list[0], text+"\n")
		default:
			f.after(v.list[v.i], "\n"+text)
		}
		f.done()
	}
}
