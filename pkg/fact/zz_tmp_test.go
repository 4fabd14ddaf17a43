package fact

import ("testing";"os";"strings";"strconv";"fmt";"github.com/ks-no/ksdev/pkg/i18n")

func TestTmp(t *testing.T) {
	p, err := i18n.New(i18n.Bokmal); if err != nil { t.Fatal(err) }
	for _, kind := range []string{"answer","choice","choices","text","count","share","change","months","money","effort","date"} {
		data, _ := os.ReadFile("/tmp/ov/in/"+kind)
		fmt.Println("\n# "+kind)
		for _, line := range strings.Split(strings.TrimSuffix(string(data),"\n"),"\n") {
			text := line
			if u, err := strconv.Unquote(line); err == nil { text = u }
			d := exampleDefinitions()[kind]
			parsed, fault := d.Parse(text)
			if fault != nil { fmt.Println(line, "=> !", p.Text(fault.Message), "|", p.Text(fault.Hint)); continue }
			fmt.Println(line, "=>", notation(d, parsed))
		}
	}
}
