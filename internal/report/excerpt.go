package report

import (
	"go/scanner"
	"go/token"
	"html/template"
	"slices"
	"strings"
)

const (
	contextLines = 3 // lines shown around a step
	maxGap       = 8 // a shorter gap between steps is shown
)

// An excerpt is the part of a file that a path goes through.
type excerpt struct {
	File string
	Rows []row
}

// A row is a line of source, or a gap between lines.
type row struct {
	Number int // of the line; 0 for a gap
	Left   int // number of lines left out in a gap
	Pieces []piece
	Steps  []rowStep // in this line
	Rail   string    // classes of the drawn path: it begins, goes on or ends here
	Open   bool      // the codes of the finding are still possible here
}

type rowStep struct {
	Number  int
	Message string
	Anchor  string
	Open    bool // as in row
}

// A piece is a part of a line with one look.
type piece struct {
	Text  string
	Class string
	Mark  bool // it is what the finding, or a step, is about
}

// Text returns the line as the page has it.
func (r row) Text() template.HTML { return written(r.Pieces) }

// written writes pieces of source in HTML. The template would take much longer for it: a page has many more words of
// source than of anything else.
func written(pieces []piece) template.HTML {
	var out strings.Builder
	for _, p := range pieces {
		text := template.HTMLEscapeString(p.Text)
		if p.Class != "" {
			text = `<span class="` + p.Class + `">` + text + "</span>"
		}
		if p.Mark {
			text = "<mark>" + text + "</mark>"
		}
		out.WriteString(text)
	}
	return template.HTML(out.String())
}

// excerpts cuts the source that the path goes through out of its files.
func (r *Report) excerpts(f Finding, path []Related, src sources) []excerpt {
	var files []string
	for _, step := range path {
		if !slices.Contains(files, step.Pos.File) {
			files = append(files, step.Pos.File)
		}
	}
	var out []excerpt
	for _, file := range files {
		lines := src.lines(file)
		e := excerpt{File: Shorten(r.Dir, file)}
		shown := windows(path, file, len(lines))
		if len(shown) == 0 {
			continue // the file is not at hand
		}
		first, last := span(path, file)
		openFrom, openTo := openRange(path, file)
		looks := src.looks(file)
		previous := 0
		for _, n := range shown {
			rail := rail(n, first, last)
			if n != previous+1 && previous > 0 {
				e.Rows = append(e.Rows, row{Left: n - previous - 1, Rail: rail, Open: openFrom < n && n <= openTo})
			}
			previous = n
			row := row{Number: n, Rail: rail, Open: openFrom < n && n <= openTo}
			row.Pieces = marked(looks[n-1], ranges(f, path, file, n, len(lines[n-1])))
			for i, step := range path {
				if step.Pos.File == file && step.Pos.Line == n {
					row.Steps = append(row.Steps, rowStep{i + 1, step.Message, anchor(f.Fingerprint, i+1), i > 0 && len(path) > 2})
				}
			}
			e.Rows = append(e.Rows, row)
		}
		out = append(out, e)
	}
	return out
}

// windows returns the lines of a file that are shown, in order.
func windows(path []Related, file string, count int) []int {
	var stops []int
	for _, step := range path {
		if step.Pos.File == file {
			stops = append(stops, step.Pos.Line)
		}
	}
	return surrounded(stops, contextLines, maxGap, count)
}

// surrounded returns the stops, which are lines of a file with count lines, with the lines around them, and those in a
// gap of at most gap lines.
func surrounded(stops []int, around, gap, count int) []int {
	stops = slices.DeleteFunc(stops, func(line int) bool { return line < 1 || line > count })
	slices.Sort(stops)
	var shown []int
	for i, stop := range stops {
		from := max(stop-around, 1)
		if i > 0 && stop-stops[i-1] <= 2*around+gap {
			from = stops[i-1] + 1
		}
		for n := from; n <= min(stop+around, count); n++ {
			if len(shown) == 0 || n > shown[len(shown)-1] {
				shown = append(shown, n)
			}
		}
	}
	return shown
}

// span returns the lines between which the path is drawn.
func span(path []Related, file string) (first, last int) {
	for _, step := range path {
		if step.Pos.File == file {
			if first == 0 || step.Pos.Line < first {
				first = step.Pos.Line
			}
			last = max(last, step.Pos.Line)
		}
	}
	return first, last
}

// openRange returns the lines on which the codes are possible that a comparison leaves open: from the place where they
// are judged to the end.
func openRange(path []Related, file string) (from, to int) {
	if len(path) < 3 {
		return 0, 0
	}
	judged, end := path[len(path)-2].Pos, path[len(path)-1].Pos
	if judged.File != file || end.File != file {
		return 0, 0
	}
	return min(judged.Line, end.Line), max(judged.Line, end.Line)
}

func rail(line, first, last int) string {
	switch {
	case line < first || line > last || first == last:
		return ""
	case line == first:
		return "rail begins"
	case line == last:
		return "rail ends"
	}
	return "rail"
}

// ranges returns the columns of a line, from 0, that the finding or a step is about.
func ranges(f Finding, path []Related, file string, line, length int) [][2]int {
	var out [][2]int
	add := func(pos, end Position) {
		if pos.File != file || pos.Line != line || pos.Column < 1 {
			return
		}
		to := length
		if end.File == pos.File && end.Line == pos.Line {
			to = end.Column - 1
		}
		if from := pos.Column - 1; from < to && to <= length {
			out = append(out, [2]int{from, to})
		}
	}
	add(f.Pos, f.End)
	for _, step := range path {
		add(step.Pos, step.End)
	}
	return out
}

// marked splits the parts of a line at the ends of the ranges, and marks
// what is inside.
func marked(line []piece, ranges [][2]int) []piece {
	if len(ranges) == 0 {
		return line
	}
	var out []piece
	at := 0
	for _, p := range line {
		cuts := []int{0, len(p.Text)}
		for _, r := range ranges {
			for _, end := range r {
				if c := end - at; 0 < c && c < len(p.Text) {
					cuts = append(cuts, c)
				}
			}
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		for i := range len(cuts) - 1 {
			cut := piece{Text: p.Text[cuts[i]:cuts[i+1]], Class: p.Class}
			for _, r := range ranges {
				cut.Mark = cut.Mark || r[0] <= at+cuts[i] && at+cuts[i] < r[1]
			}
			out = append(out, cut)
		}
		at += len(p.Text)
	}
	return out
}

// pieces gives the words of Go source their looks, line by line.
func pieces(lines []string) [][]piece {
	text := strings.Join(lines, "\n")
	out := make([][]piece, 1, max(len(lines), 1))
	add := func(text, class string) {
		for i, line := range strings.Split(text, "\n") {
			if i > 0 {
				out = append(out, nil)
			}
			if line != "" {
				last := len(out) - 1
				out[last] = append(out[last], piece{Text: line, Class: class})
			}
		}
	}
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	at := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		class := ""
		switch {
		case tok == token.COMMENT:
			class = "comment"
		case tok == token.STRING || tok == token.CHAR:
			class = "string"
		case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
			class = "literal"
		case tok.IsKeyword():
			class = "keyword"
		default:
			continue
		}
		start := file.Offset(pos)
		end := start + len(lit)
		if start < at || end > len(text) || text[start:end] != lit {
			continue // the scanner leaves out carriage returns
		}
		add(text[at:start], "")
		add(lit, class)
		at = end
	}
	add(text[at:], "")
	return out
}
