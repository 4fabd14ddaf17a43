package cli

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// tampered calls yield with a saved result in which one value after the other
// is another than it was, or is gone.
func tampered(t *testing.T, saved string, yield func(what, text string)) {
	t.Helper()
	var root any
	if err := json.Unmarshal([]byte(saved), &root); err != nil {
		t.Fatal(err)
	}
	try := func(what string) {
		data, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		yield(what, string(data)+"\n")
	}
	var visit func(path string, value any, set func(any))
	visit = func(path string, value any, set func(any)) {
		for _, other := range []any{nil, "borte", "", -1, 1e9, []any{}, map[string]any{}} {
			set(other)
			try(fmt.Sprintf("%s = %v", path, other))
		}
		set(value)
		switch v := value.(type) {
		case map[string]any:
			for _, key := range sortedKeys(v) {
				visit(path+"."+key, v[key], func(other any) { v[key] = other })
			}
		case []any:
			set(append([]any{}, append(v, v...)...))
			try(path + " twice")
			set(value)
			if len(v) > 0 { // one element stands for all
				visit(path+"[0]", v[0], func(other any) { v[0] = other })
			}
		}
	}
	visit("", root, func(other any) { root = other })
}

// A saved result may have been changed by anybody. Whatever it says then, the
// program refuses it or shows it; it is never at fault itself.
func TestTamperedResults(t *testing.T) {
	t.Chdir(repository(t, "examples"))
	config := savedAs(t, "yaml", waived)
	saved := call(t, "", "assess", "-q", "-f", "ndjson", "kortreist-kvalitet.yaml", "--config", config, "--today", "2026-05-01", "--fail-on", "fail",
		"--assume", "resources.capacity=ja", "--reading", "stated", "--set", "enough_criteria=3").stdout
	assessment, end, _ := strings.Cut(saved, "\n")
	unread := call(t, "title: a\nfacts:\n  origin.initiator: x\n  reach.municipalities: 999\n", "assess", "-q", "-f", "ndjson", "-").stdout
	unread, unreadEnd, _ := strings.Cut(unread, "\n")
	// Places that were found to matter; of the others some are enough.
	matters := regexp.MustCompile(`^(\.rule_sets|\.rule_sets\[0\]\.rules|\.thresholds|\.open_choice|\.recommendation\.(not_needed|causes)|\.diagnostics\[0\]\.arguments)( |\[0\] )`)
	tried := 0
	for _, saved := range [][2]string{{assessment, end}, {unread, unreadEnd}} {
		end := saved[1]
		tampered(t, saved[0], func(what, text string) {
			if tried++; tried%59 != 0 && !matters.MatchString(what) {
				return
			}
			format := formatNames()[tried%len(formatNames())]
			calls := [][]string{{"render", "-q", "-f", format, "-"}}
			if tried%2 == 0 {
				calls = append(calls, []string{"verify", "-"}, []string{"diff", "-f", "json", savedAs(t, "ndjson", text+end), "kortreist-kvalitet.yaml"})
			}
			for _, args := range calls {
				if run := call(t, text+end, args...); run.code == Fault || run.code == Done && run.stdout == "" {
					t.Errorf("%s: %v: exit code %d: %s", what, args, run.code, run.stderr)
				}
			}
		})
	}
}
