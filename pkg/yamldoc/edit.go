package yamldoc

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// Edit puts a text in the place of the bytes from Start to before End. Where
// both are the same it is put in between.
type Edit struct {
	Start, End int
	Text       string
}

// ErrOverlap says that two edits want the same bytes.
var ErrOverlap = errors.New("edits overlap")

// Apply gives the file's bytes with the edits made and all other bytes as they
// are. Of edits at the same place the first comes first. Line breaks in the
// texts become those of the file.
func (f *File) Apply(edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int { return a.Start - b.Start })
	var out strings.Builder
	at := 0
	for _, e := range sorted {
		if e.Start < at || e.End < e.Start || e.End > len(f.text) {
			return nil, ErrOverlap
		}
		text := e.Text
		if f.CRLF {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		out.WriteString(f.text[at:e.Start])
		out.WriteString(text)
		at = e.End
	}
	out.WriteString(f.text[at:])
	return []byte(out.String()), nil
}

// Data is the whole file.
func (f *File) Data() []byte { return []byte(f.text) }

// Bytes is a part of the file.
func (f *File) Bytes(start, end int) string { return f.text[start:end] }

// Empty reports whether nothing at all is written for a node.
func (n *Node) Empty() bool { return n.Null && n.Value == "" }

// Flow reports whether a list or mapping is written in brackets.
func (f *File) Flow(n *Node) bool {
	return n.Kind != Scalar && n.Offset < len(f.text) && (f.text[n.Offset] == '[' || f.text[n.Offset] == '{')
}

// End is the byte after the last one of a node; for one with nothing written,
// where it would begin.
func (f *File) End(n *Node) int {
	switch {
	case n.Empty():
		return n.Offset
	case n.Kind == Scalar:
		return f.scalarEnd(n)
	case f.Flow(n):
		return f.flowEnd(n)
	case n.Kind == List:
		last := n.Items[len(n.Items)-1]
		if last.Empty() {
			return min(last.Offset, len(f.text))
		}
		return f.End(last)
	}
	return f.PairEnd(n.Pairs[len(n.Pairs)-1])
}

// PairEnd is the byte after the last one of a key and its value.
func (f *File) PairEnd(p Pair) int {
	if !p.Value.Empty() {
		return f.End(p.Value)
	}
	if after, ok := f.AfterColon(p.Key); ok {
		return after
	}
	return f.End(p.Key)
}

// AfterColon is the byte after the colon that follows a key. ok is false for a
// key without one, as in "{a, b}".
func (f *File) AfterColon(key *Node) (after int, ok bool) {
	end := f.End(key)
	rest := f.text[end:]
	if at := len(rest) - len(strings.TrimLeft(rest, blanks)); strings.HasPrefix(rest[at:], ":") {
		return end + at + 1, true
	}
	return end, false
}

func (f *File) scalarEnd(n *Node) int {
	start := n.Offset
	begins := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return strings.HasPrefix(f.text[start:], mark) })
	}
	if begins(tag) {
		start = f.behindTag(start + len(tag))
		if n.Value == "" && !begins(`""`, "''", "|", ">") {
			return n.Offset + len(tag)
		}
	}
	switch {
	case n.Quoted && begins(`"`, "'"):
		return start + closing(f.text[start:])
	case n.Quoted && begins("|", ">"):
		return f.blockEnd(start, n.Value)
	}
	return f.follow(start, n.Value)
}

const (
	// tag is the one that a text may have.
	tag = "!!str"
	// blanks are what YAML takes for such.
	blanks = " \t\r\n"
)

// behindTag is where what follows a tag begins: behind blanks, line breaks and
// comments.
func (f *File) behindTag(at int) int {
	for {
		rest := strings.TrimLeft(f.text[at:], blanks)
		at = len(f.text) - len(rest)
		if !strings.HasPrefix(rest, "#") {
			return at
		}
		at = f.LineEnd(at)
	}
}

// blockEnd is the end of a text that is written as a block: of its last line
// that is not empty, or, where empty lines belong to it, of the last of those.
func (f *File) blockEnd(start int, value string) int {
	header := f.LineEnd(start)
	end := f.follow(header, value)
	indicator, _, _ := strings.Cut(f.text[start:header], " ")
	if !strings.Contains(indicator, "+") {
		return end
	}
	for {
		next, ok := f.NextLine(end)
		if !ok || strings.TrimSpace(f.text[next:f.LineEnd(next)]) != "" {
			return f.LineEnd(end)
		}
		end = next
	}
}

// follow is the byte after the last letter of a value that is written without
// escapes: between its letters only blanks may differ. Others than YAML's are
// letters here.
func (f *File) follow(start int, value string) int {
	end := start
	at := start
	for _, r := range value {
		if strings.ContainsRune(blanks, r) {
			continue
		}
		for at < len(f.text) {
			written, size := utf8.DecodeRuneInString(f.text[at:])
			at += size
			if written == r {
				end = at
				break
			}
		}
	}
	return end
}

// flowEnd is the byte after the bracket that closes a list or mapping.
func (f *File) flowEnd(n *Node) int {
	at := n.Offset + 1
	if len(n.Items) > 0 {
		at = f.End(n.Items[len(n.Items)-1])
	}
	if len(n.Pairs) > 0 {
		at = f.PairEnd(n.Pairs[len(n.Pairs)-1])
	}
	for at < len(f.text) {
		switch f.text[at] {
		case ']', '}':
			return at + 1
		case '#':
			at = f.LineEnd(at)
		default:
			at++
		}
	}
	return at
}

// LineEnd is the byte at which the line that holds a byte ends, before its line
// break.
func (f *File) LineEnd(offset int) int {
	end := strings.IndexByte(f.text[offset:], '\n')
	if end < 0 {
		return len(f.text)
	}
	end += offset
	if end > offset && f.text[end-1] == '\r' {
		end--
	}
	return end
}

// StartOf is the byte at which a line starts, counted from 1.
func (f *File) StartOf(line int) int { return f.starts[line-1] }

// NextLine is where the line starts that follows the one that holds a byte. ok
// is false where there is none.
func (f *File) NextLine(offset int) (start int, ok bool) {
	i := strings.IndexByte(f.text[offset:], '\n')
	if i < 0 || offset+i+1 == len(f.text) {
		return 0, false
	}
	return offset + i + 1, true
}

// Comments are the comments among the items of a list, without their "#".
func (f *File) Comments(n *Node) []string {
	if n.Kind != List {
		return nil
	}
	var found []string
	at := n.Offset
	for _, item := range n.Items {
		if !item.Empty() && item.Offset >= at {
			found = append(found, commentsIn(f.text[at:item.Offset])...)
			at = f.End(item)
		}
	}
	if end := f.End(n); end > at {
		found = append(found, commentsIn(f.text[at:end])...)
	}
	return found
}

// commentsIn are the comments in a text that holds no values.
func commentsIn(text string) []string {
	var found []string
	for _, line := range strings.Split(text, "\n") {
		if _, comment, ok := strings.Cut(line, "#"); ok {
			found = append(found, strings.TrimRight(comment, " \t\r"))
		}
	}
	return found
}
