package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"strings"

	"github.com/asynccheck/asynccheck/internal/astpath"
)

// AddFingerprints gives each finding its function and its fingerprint. The findings must be sorted.
//
// A fingerprint is made of the rule, the package, the function, and the tokens of the finding's statement without its
// blocks. Equal ones are numbered. It survives new lines, reformatting, changes of other functions, and a move of the
// function to another file. It changes with the statement or the function's name: then somebody has to look again.
func AddFingerprints(findings []Finding) {
	seen := make(map[string]int)
	var current *file
	for i := range findings {
		f := &findings[i]
		if i == 0 || f.Pos.File != findings[i-1].Pos.File {
			current = parse(f.Pos.File)
		}
		var text string
		f.Function, text = current.locate(f.Pos, f.End)
		key := fmt.Sprintf("%q", []string{f.Rule, f.Package, f.Function, text})
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, seen[key]))
		seen[key]++
		f.Fingerprint = hex.EncodeToString(sum[:16])
	}
}

// A file is the source that a finding stands in.
type file struct {
	text   []byte
	lines  []string
	tokens *token.File
	syntax *ast.File // nil if it isn't Go, which a //line directive can name
}

func parse(name string) *file {
	var f file
	f.text, _ = os.ReadFile(name) // empty if it can't be read
	f.lines = strings.Split(string(f.text), "\n")
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, f.text, parser.SkipObjectResolution)
	if err == nil {
		f.tokens = fset.File(syntax.FileStart)
		f.syntax = syntax
	}
	return &f
}

// locate returns the name of the declaration around a position, and the text of the statement there, or of the line if
// there is no statement.
func (f *file) locate(pos, end Position) (function, text string) {
	if f.syntax != nil {
		path := astpath.Enclosing(f.syntax, f.pos(pos), max(f.pos(pos), f.pos(end)))
		for i := len(path) - 1; i >= 0 && function == ""; i-- {
			function = declName(path[i])
		}
		for _, n := range path {
			if from, to, ok := head(n); ok {
				return function, f.join(n, from, to)
			}
		}
	}
	if 0 < pos.Line && pos.Line <= len(f.lines) {
		text = strings.Join(strings.Fields(f.lines[pos.Line-1]), " ")
	}
	return function, text
}

func (f *file) pos(p Position) token.Pos {
	end := f.tokens.Pos(f.tokens.Size())
	if p.Line < 1 || p.Line > f.tokens.LineCount() {
		return end
	}
	return min(f.tokens.LineStart(p.Line)+token.Pos(max(p.Column-1, 0)), end)
}

// declName returns the name of what a declaration declares, "" if n is none.
func declName(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv == nil || len(n.Recv.List) == 0 {
			return n.Name.Name
		}
		recv := n.Recv.List[0].Type
		if _, ok := recv.(*ast.StarExpr); ok {
			return "(" + types.ExprString(recv) + ")." + n.Name.Name
		}
		return types.ExprString(recv) + "." + n.Name.Name
	case *ast.ValueSpec:
		return n.Names[0].Name
	case *ast.TypeSpec:
		return n.Name.Name
	}
	return ""
}

// head returns the part of a statement or specification before its body. It also reports whether n is one.
func head(n ast.Node) (from, to token.Pos, ok bool) {
	to = n.End()
	switch n := n.(type) {
	case *ast.BlockStmt:
		return 0, 0, false
	case *ast.IfStmt:
		to = n.Body.Lbrace
	case *ast.ForStmt:
		to = n.Body.Lbrace
	case *ast.RangeStmt:
		to = n.Body.Lbrace
	case *ast.SwitchStmt:
		to = n.Body.Lbrace
	case *ast.TypeSwitchStmt:
		to = n.Body.Lbrace
	case *ast.SelectStmt:
		to = n.Body.Lbrace
	case *ast.CaseClause:
		to = n.Colon
	case *ast.CommClause:
		to = n.Colon
	case *ast.FuncDecl:
		if n.Body != nil {
			to = n.Body.Lbrace
		}
	case ast.Stmt, ast.Spec:
	default:
		return 0, 0, false
	}
	return n.Pos(), to, true
}

// join joins the tokens of n between two positions. It leaves out comments,
// the bodies of function literals, and the commas before a closing bracket on a
// line of its own.
func (f *file) join(n ast.Node, from, to token.Pos) string {
	var bodies []*ast.BlockStmt // in order; those inside others are left out with these
	ast.Inspect(n, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if ok {
			bodies = append(bodies, lit.Body)
		}
		return !ok && (n == nil || n.Pos() < to)
	})
	text := f.text[f.tokens.Offset(from):f.tokens.Offset(to)]
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", int(from), len(text)), text, nil, 0)
	var out []string
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return strings.Join(out, " ")
		}
		for len(bodies) > 0 && bodies[0].Rbrace <= pos {
			bodies = bodies[1:]
		}
		inside := len(bodies) > 0 && bodies[0].Lbrace < pos
		if inside || tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		if closing := tok == token.RPAREN || tok == token.RBRACK || tok == token.RBRACE; closing && len(out) > 0 && out[len(out)-1] == "," {
			out = out[:len(out)-1]
		}
		if lit == "" {
			lit = tok.String()
		}
		out = append(out, lit)
	}
}
