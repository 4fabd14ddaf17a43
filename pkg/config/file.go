package config

import (
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// fileReader walks a configuration file and collects what it sets and what is
// wrong in it.
type fileReader struct {
	yamldoc.Reader
	layer layer
	found foundFile
}

// readFile reads what a configuration file sets. A file with nothing but
// comments sets nothing, as when all that it proposes is still commented out.
func readFile(found foundFile) (layer, []Waiver, diag.List) {
	if found.name == "" {
		return nil, nil, nil
	}
	file, diagnostics := yamldoc.Read(found.name, found.data)
	if len(diagnostics) == 1 && diagnostics[0].Code() == "yamldoc.empty" {
		return nil, nil, nil
	}
	if file == nil || diagnostics.HasErrors() {
		return nil, nil, diagnostics
	}
	r := &fileReader{yamldoc.Reader{File: file, Found: diagnostics}, layer{}, found}
	if len(file.Documents) > 1 {
		r.Error(file.Documents[1].Root, i18n.M("config.documents"), i18n.M("config.documents_hint"))
	}
	fields := r.Fields(file.Documents[0].Root, append(Keys(), "waivers")...)
	for _, k := range keys() {
		if node := fields[k.name]; node != nil {
			r.value(k, node)
		}
	}
	waivers := r.waivers(fields["waivers"])
	return r.layer, waivers, r.Found
}

func (r *fileReader) value(k key, node *yamldoc.Node) {
	from := r.origin(node)
	switch {
	case node.Null:
		r.check(k, node)
	case k.shape == mapping:
		r.thresholds(k, node)
	case k.shape == list && node.Kind == yamldoc.Scalar:
		// One line with commas, as on the command line.
		for _, d := range r.layer.texts(k, []string{node.Value}, from) {
			r.Error(node, d.Message, d.Hint)
		}
	case k.shape == list:
		items := []string{}
		for _, item := range r.Items(node) {
			if _, ok := r.check(k, item); ok {
				items = append(items, item.Value)
			}
		}
		r.layer.put(k, items, from)
	default:
		if value, ok := r.check(k, node); ok {
			r.layer.put(k, r.resolve(k, value, node), from)
		}
	}
}

func (r *fileReader) thresholds(k key, node *yamldoc.Node) {
	for _, pair := range r.Pairs(node) {
		if wrong := checkName(pair.Key.Value); wrong.found() {
			r.Error(pair.Key, wrong.message, wrong.hint)
		} else if _, ok := r.check(k, pair.Value); ok {
			r.layer.assign(pair.Key.Value, pair.Value.Value, r.origin(pair.Value))
		}
	}
}

// check reads one text of a key and notes what is wrong with it.
func (r *fileReader) check(k key, node *yamldoc.Node) (any, bool) {
	if node.Kind != yamldoc.Scalar {
		r.Text(node) // notes that a single value is expected
		return nil, false
	}
	text := node.Value
	if node.Null {
		text = ""
	}
	value, wrong := k.read(text)
	if wrong.found() {
		r.Error(node, wrong.message, wrong.hint)
	}
	return value, !wrong.found()
}

// resolve makes the folder of a strategy one that is found from the working
// folder: the file means it from its own.
func (r *fileReader) resolve(k key, value any, node *yamldoc.Node) any {
	text, ok := value.(string)
	if !ok || k.name != "strategy" {
		return value
	}
	folder := strategyFolder(text, r.File.Name)
	if isPath(text) && r.found.leadsOut(folder) {
		r.Error(node, i18n.M("config.strategy_outside", diag.Clean(text)), i18n.M("config.strategy_outside_hint"))
	}
	return folder
}

func (r *fileReader) origin(node *yamldoc.Node) Origin {
	return Origin{Source: File, Pos: diag.Pos{File: r.File.Name, Line: node.Line, Column: node.Column}}
}
