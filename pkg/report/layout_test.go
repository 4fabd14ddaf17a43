package report

import (
	"slices"
	"strings"
	"testing"
)

func TestArrange(t *testing.T) {
	flexible := Column{Flexible: true, Least: 10}
	tests := []struct {
		name    string
		columns []Column
		natural []int
		room    int
		want    layout
	}{
		{"all have what they need", []Column{{}, flexible}, []int{3, 20}, 30, layout{across: []int{0, 1}, widths: []int{3, 20}}},
		{"exactly enough room", []Column{{}, flexible}, []int{3, 20}, 25, layout{across: []int{0, 1}, widths: []int{3, 20}}},
		{"flexible ones take what is left", []Column{{}, flexible}, []int{3, 20}, 24, layout{across: []int{0, 1}, widths: []int{3, 19}}},
		{"they share it, the narrow one first", []Column{flexible, {}, flexible}, []int{40, 3, 12}, 40, layout{across: []int{0, 1, 2}, widths: []int{21, 3, 12}}},
		{"they share it alike", []Column{flexible, flexible}, []int{40, 50}, 43, layout{across: []int{0, 1}, widths: []int{21, 20}}},
		{"columns without text have no place", []Column{{}, flexible, {Below: 1}}, []int{3, 0, 0}, 40, layout{across: []int{0}, widths: []int{3}}},
		{"the first to go under", []Column{{}, {Below: 2}, {Flexible: true, Below: 1}}, []int{3, 10, 20}, 30, layout{across: []int{0, 1}, widths: []int{3, 10}, under: []int{2}}},
		{"all that go under", []Column{{}, {Below: 2}, {Flexible: true, Below: 1}}, []int{3, 10, 20}, 12, layout{across: []int{0}, widths: []int{3}, under: []int{1, 2}}},
		{"no column goes under for nothing", []Column{{}, flexible, {Below: 1}}, []int{3, 40, 8}, 25, layout{across: []int{0, 1, 2}, widths: []int{3, 10, 8}}},
		{"always under", []Column{{}, {Below: Always}}, []int{3, 10}, 80, layout{across: []int{0}, widths: []int{3}, under: []int{1}}},
		{"squeezed where none may go under", []Column{{}, {}}, []int{50, 50}, 40, layout{across: []int{0, 1}, widths: []int{19, 19}}},
		{"under all the same where squeezing is not enough", []Column{{}, {}, {}, {}}, []int{50, 50, 50, 50}, 40, layout{across: []int{0, 1, 2}, widths: []int{12, 12, 12}, under: []int{3}}},
		{"a single column keeps to the room", []Column{{}}, []int{300}, 40, layout{across: []int{0}, widths: []int{40}}},
		{"nothing at all", nil, nil, 40, layout{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := arrange(test.columns, test.natural, test.room)
			if !slices.Equal(got.across, test.want.across) || !slices.Equal(got.widths, test.want.widths) || !slices.Equal(got.under, test.want.under) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "æøå": 3, "a\u030a": 1, "日本": 4, "🎉": 2, "✓ ✗ … – ·": 9, "1\u00a0000": 5, "\x1b[31mab\x1b[0m": 2,
	} {
		if got := Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width int
		want  string
	}{
		{"", 5, ""},
		{"a b c", 5, "a b c"},
		{"a b c d", 5, "a b c|d"},
		{"  a   b  ", 5, "a b"},
		{"abcdefgh", 5, "abcde|fgh"},
		{"ab abcdefgh i", 5, "ab|abcde|fgh i"},
		{"日本語", 5, "日本|語"},
		{"a\u030aa\u030aa\u030a", 2, "a\u030aa\u030a|a\u030a"},
		{"a::b::c", 4, "a: |:b: |:c"},
	}
	for _, test := range tests {
		var lines []string
		for _, line := range flowOf(Say(test.text)).wrap(test.width) {
			lines = append(lines, line.paint(false))
		}
		if got := strings.Join(lines, "|"); got != strings.ReplaceAll(test.want, " |", "|") {
			t.Errorf("%q at %d: got %q, want %q", test.text, test.width, got, test.want)
		}
	}
}
