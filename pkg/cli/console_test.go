package cli

import "testing"

func TestTerminalsThatShowSigns(t *testing.T) {
	const nordic, western, latin = 865, 850, 1252
	tests := []struct {
		name        string
		environment []string
		codePage    uint32
		want        bool
	}{
		{"a terminal of Linux or macOS", []string{"TERM=xterm"}, utf8CodePage, true},
		{"its locale is another", []string{"TERM=xterm", "LANG=nb_NO.ISO-8859-1"}, utf8CodePage, false},
		{"the weightiest variable counts", []string{"LC_ALL=nb_NO.utf8", "LANG=C"}, utf8CodePage, true},
		{"the old console", nil, western, false},
		{"the old console in Norwegian", []string{"OS=Windows_NT"}, nordic, false},
		{"the old console with another code page", nil, latin, false},
		{"no code page", nil, 0, false},
		{"a console of UTF-8", nil, utf8CodePage, true},
		{"Windows Terminal", []string{"WT_SESSION=0b5c"}, western, true},
		{"an editor's terminal", []string{"TERM_PROGRAM=vscode"}, western, true},
		{"by SSH", []string{"TERM=xterm-256color"}, nordic, true},
		{"a locale that somebody set", []string{"LC_ALL=C.UTF-8"}, nordic, true},
		{"a locale that somebody set, in a terminal", []string{"WT_SESSION=0b5c", "LC_ALL=C"}, western, false},
	}
	for _, test := range tests {
		if got := showsSigns(getenv(test.environment), test.codePage); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}
