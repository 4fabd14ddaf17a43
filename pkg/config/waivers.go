package config

import (
	"strings"
	"time"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Waiver keeps what came of one rule, for one initiative, from making a check
// fail until a day. Only the configuration file can hold waivers.
type Waiver struct {
	Initiative string
	Rule       string
	Because    string
	ApprovedBy string
	// Expires is the last day on which it holds, counted from 1 January 1970.
	Expires int64
	Pos     diag.Pos
}

// waivers reads the list of waivers. Each needs all of its keys.
func (r *fileReader) waivers(node *yamldoc.Node) []Waiver {
	var all []Waiver
	for _, item := range r.Items(node) {
		keys := []string{"initiative", "rule", "because", "approved_by", "expires"}
		fields := r.Fields(item, keys...)
		r.Require(item, fields, keys...)
		w := Waiver{Initiative: r.Text(fields["initiative"]), Rule: r.Text(fields["rule"]), Because: r.Text(fields["because"]),
			ApprovedBy: r.Text(fields["approved_by"]), Pos: diag.Pos{File: r.File.Name, Line: item.Line, Column: item.Column}}
		w.Expires = r.day(fields["expires"])
		for _, key := range keys {
			if n := fields[key]; n != nil && !n.Null && n.Kind == yamldoc.Scalar && strings.TrimSpace(n.Value) == "" {
				r.Error(n, i18n.M("config.waiver_empty", key), i18n.Message{})
			}
		}
		for _, other := range all {
			if other.Initiative == w.Initiative && other.Rule == w.Rule {
				r.Error(item, i18n.M("config.waiver_twice", diag.Quote(w.Initiative), diag.Quote(w.Rule), other.Pos.Line), i18n.Message{})
			}
		}
		all = append(all, w)
	}
	return all
}

func (r *fileReader) day(node *yamldoc.Node) int64 {
	text := r.Text(node)
	if text == "" {
		return 0
	}
	day, ok := ParseDay(text)
	if !ok {
		r.Error(node, i18n.M("config.day", diag.Quote(text)), i18n.M("config.day_hint"))
	}
	return day
}

// ParseDay reads a day such as 2018-03-01, counted from 1 January 1970.
func ParseDay(text string) (day int64, ok bool) {
	t, err := time.Parse(time.DateOnly, text)
	return t.Unix() / (24 * 60 * 60), err == nil
}
