package view

import (
	"fmt"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// place is where in the source something stands. A source of one page, as on
// the web, has no page to name.
func (v *View) place(p strategy.Place) string {
	if v.strategy.Source.Pages == 1 {
		return v.section(p.Section)
	}
	return v.t("view.place", v.section(p.Section), fmt.Sprint(p.Page))
}

// section is a chapter where it has a number, and otherwise goes by its name.
func (v *View) section(section string) string {
	if isChapter(section) {
		return v.t("view.chapter", section)
	}
	return section
}

func isChapter(section string) bool {
	return section != "" && '0' <= section[0] && section[0] <= '9'
}

// sections lists parts of the source: chapters together, and others each as it
// is called.
func (v *View) sections(sections []string) any {
	var chapters, all i18n.Series
	for _, s := range sections {
		if isChapter(s) {
			chapters = append(chapters, s)
		}
		all = append(all, v.section(s))
	}
	if len(chapters) == len(all) {
		return i18n.M("view.chapter", chapters)
	}
	return all
}

// document is the document that the strategy is read from.
func (v *View) document() string {
	d := v.strategy.Source
	if d.Pages == 1 {
		return v.t("view.document_unpaged", d.Publisher, d.Published)
	}
	return v.t("view.document", d.Publisher, d.Published, d.Pages)
}

// rowSource says where a row of the table comes from; nothing where it names
// no place.
func (v *View) rowSource(row strategy.Row) string {
	words := ""
	if row.Source.Section != "" {
		words += " " + capitalised(v.place(row.Source)) + "."
	}
	if row.Ours {
		words += " " + v.t("view.row_ours")
	}
	return words
}
