package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetNames gives each sheet a name that Excel takes: of at most 31 characters,
// none of them one that formulas need, and no two the same but for their case.
func sheetNames(sheets []Sheet) []string {
	names := make([]string, len(sheets))
	taken := map[string]bool{"history": true} // by Excel
	inNames := strings.NewReplacer("[", "(", "]", ")", ":", "-", "*", "-", "?", "-", "/", "-", `\`, "-", "'", "’")
	for i, s := range sheets {
		base := strings.TrimSpace(inNames.Replace(cellText(s.Name)))
		if base == "" {
			base = strconv.Itoa(i + 1)
		}
		name := cutCell(base, excelize.MaxSheetNameLength)
		for again := 2; taken[strings.ToLower(name)]; again++ {
			number := fmt.Sprintf(" (%d)", again)
			name = cutCell(base, excelize.MaxSheetNameLength-len(number)) + number
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}
