package report

import (
	"fmt"
	"regexp"
	"testing"
)

// An assessment, as an adviser sees it: the largest document in the program.

func assessmentColumns() []Column {
	return []Column{
		{Title: "Id"},
		{Title: "Utfall"},
		{Title: "Kriterium", Flexible: true, Least: 20},
		{Title: "Grunn", Flexible: true, Least: 18, Below: 1},
		{Title: "Sted", Align: Right, Below: 2},
	}
}

func assessmentRow(id string, tone Tone, outcome, title, reason, place string) Row {
	return Row{Cells: []Cell{Say(id), SayAs(tone, outcome), Say(title), Say(reason), SayAs(Faint, place)}}
}

func assessment() Document {
	return Document{Blocks: []Block{
		Heading{Level: 1, Text: "Nabolagsverksted (oppdiktet eksempel)", Aside: "examples/nabolagsverksted.yaml"},
		Paragraph{Text: Say("KS som utviklingspartner 2016-2019 · vurdert per 1.3.2018")},
		Heading{Level: 2, Text: "Utviklingsarbeid (kap. 2)", Aside: "2 av 2 oppfylt"},
		Table{Columns: assessmentColumns(), Rows: []Row{
			assessmentRow("D1", Good, "✓ oppfylt", "Strategisk viktig for sektoren", "bygger på vedtak", "linje 12"),
			assessmentRow("D2", Good, "✓ oppfylt", "Har en utfordring eller et mål", "målet er oppgitt", "linje 14"),
		}},
		Heading{Level: 2, Text: "Prioriteringskriterier (kap. 2.2)", Aside: "0-2 av 3, 2 uavklart"},
		Table{Columns: assessmentColumns(), Rows: []Row{
			assessmentRow("C1", Open, "? uavklart", "Langsiktig for hele sektoren", "mangler: hvor lenge det varer", ""),
			assessmentRow("C6", Open, "? uavklart", "Områder med økonomisk tyngde", "mangler: hvor mye området bruker i året", "linje 31"),
			assessmentRow("C10", Bad, "✗ ikke oppfylt", "Gevinster for sektoren", "ingen gevinster er pekt på", "linje 40"),
			assessmentRow("S1", Neutral, "– ikke aktuelt", "Svarer til ønsker", "", ""),
		}},
		Paragraph{Text: Say("Områder: digitalisering")},
		Fields{Fields: []Field{
			{Label: "Anbefaling", Value: SayAs(Strong, "avklar først")},
			{Label: "Fortsatt mulig", Value: Say("kandidat · henvis til annen aktør · utsett")},
		}},
		Paragraph{Text: Say("6 opplysninger kan endre anbefalingen, 17 andre trengs ikke."), Tight: true},
		List{Numbered: true, Items: [][]Span{
			Say("Er tiltaket relevant for mange kommuner, eller bare for noen få av dem?"),
			Say("Hvor lenge varer det?"),
		}},
	}}
}

// goldAssessment is what it must look like, by the width of the terminal.
func goldAssessment() map[int]string {
	return map[int]string{
		160: `
Nabolagsverksted (oppdiktet eksempel)                                     examples/nabolagsverksted.yaml
KS som utviklingspartner 2016-2019 · vurdert per 1.3.2018

  Utviklingsarbeid (kap. 2)                                                               2 av 2 oppfylt
  D1   ✓ oppfylt       Strategisk viktig for sektoren  bygger på vedtak                         linje 12
  D2   ✓ oppfylt       Har en utfordring eller et mål  målet er oppgitt                         linje 14

  Prioriteringskriterier (kap. 2.2)                                                 0-2 av 3, 2 uavklart
  C1   ? uavklart      Langsiktig for hele sektoren    mangler: hvor lenge det varer
  C6   ? uavklart      Områder med økonomisk tyngde    mangler: hvor mye området bruker i året  linje 31
  C10  ✗ ikke oppfylt  Gevinster for sektoren          ingen gevinster er pekt på               linje 40
  S1   – ikke aktuelt  Svarer til ønsker

  Områder: digitalisering

  Anbefaling:     avklar først
  Fortsatt mulig: kandidat · henvis til annen aktør · utsett
  6 opplysninger kan endre anbefalingen, 17 andre trengs ikke.

  1. Er tiltaket relevant for mange kommuner, eller bare for noen få av dem?
  2. Hvor lenge varer det?
`,
		80: `
Nabolagsverksted (oppdiktet eksempel)             examples/nabolagsverksted.yaml
KS som utviklingspartner 2016-2019 · vurdert per 1.3.2018

  Utviklingsarbeid (kap. 2)                                       2 av 2 oppfylt
  D1   ✓ oppfylt       Strategisk viktig for    bygger på vedtak        linje 12
                       sektoren
  D2   ✓ oppfylt       Har en utfordring eller  målet er oppgitt        linje 14
                       et mål

  Prioriteringskriterier (kap. 2.2)                         0-2 av 3, 2 uavklart
  C1   ? uavklart      Langsiktig for hele      mangler: hvor lenge
                       sektoren                 det varer
  C6   ? uavklart      Områder med økonomisk    mangler: hvor mye       linje 31
                       tyngde                   området bruker i året
  C10  ✗ ikke oppfylt  Gevinster for sektoren   ingen gevinster er      linje 40
                                                pekt på
  S1   – ikke aktuelt  Svarer til ønsker

  Områder: digitalisering

  Anbefaling:     avklar først
  Fortsatt mulig: kandidat · henvis til annen aktør · utsett
  6 opplysninger kan endre anbefalingen, 17 andre trengs ikke.

  1. Er tiltaket relevant for mange kommuner, eller bare for noen få av dem?
  2. Hvor lenge varer det?
`,
		60: `
Nabolagsverksted (oppdiktet eksempel)
  examples/nabolagsverksted.yaml
KS som utviklingspartner 2016-2019 · vurdert per 1.3.2018

  Utviklingsarbeid (kap. 2)                   2 av 2 oppfylt
  D1   ✓ oppfylt       Strategisk viktig for        linje 12
                       sektoren
       bygger på vedtak
  D2   ✓ oppfylt       Har en utfordring eller et   linje 14
                       mål
       målet er oppgitt

  Prioriteringskriterier (kap. 2.2)     0-2 av 3, 2 uavklart
  C1   ? uavklart      Langsiktig for hele
                       sektoren
       mangler: hvor lenge det varer
  C6   ? uavklart      Områder med økonomisk        linje 31
                       tyngde
       mangler: hvor mye området bruker i året
  C10  ✗ ikke oppfylt  Gevinster for sektoren       linje 40
       ingen gevinster er pekt på
  S1   – ikke aktuelt  Svarer til ønsker

  Områder: digitalisering

  Anbefaling:     avklar først
  Fortsatt mulig: kandidat · henvis til annen aktør · utsett
  6 opplysninger kan endre anbefalingen, 17 andre trengs
  ikke.

  1. Er tiltaket relevant for mange kommuner, eller bare for
     noen få av dem?
  2. Hvor lenge varer det?
`,
		40: `
Nabolagsverksted (oppdiktet eksempel)
  examples/nabolagsverksted.yaml
KS som utviklingspartner 2016-2019 ·
vurdert per 1.3.2018

  Utviklingsarbeid (kap. 2)
    2 av 2 oppfylt
  D1   ✓ oppfylt       Strategisk viktig
                       for sektoren
       bygger på vedtak · linje 12
  D2   ✓ oppfylt       Har en utfordring
                       eller et mål
       målet er oppgitt · linje 14

  Prioriteringskriterier (kap. 2.2)
    0-2 av 3, 2 uavklart
  C1   ? uavklart      Langsiktig for
                       hele sektoren
       mangler: hvor lenge det varer
  C6   ? uavklart      Områder med
                       økonomisk tyngde
       mangler: hvor mye området bruker
       i året · linje 31
  C10  ✗ ikke oppfylt  Gevinster for
                       sektoren
       ingen gevinster er pekt på ·
       linje 40
  S1   – ikke aktuelt  Svarer til ønsker

  Områder: digitalisering

  Anbefaling:     avklar først
  Fortsatt mulig: kandidat · henvis til
                  annen aktør · utsett
  6 opplysninger kan endre anbefalingen,
  17 andre trengs ikke.

  1. Er tiltaket relevant for mange
     kommuner, eller bare for noen få av
     dem?
  2. Hvor lenge varer det?
`,
	}
}

func TestAssessment(t *testing.T) {
	for width, want := range goldAssessment() {
		t.Run(fmt.Sprint(width, " columns"), func(t *testing.T) {
			got := mustText(t, assessment(), TextOptions{Width: width})
			if got != want[1:] {
				t.Errorf("got\n%s\nwant%s", got, want)
			}
			colored := mustText(t, assessment(), TextOptions{Width: width, Color: true})
			checkPage(t, colored, TextOptions{Width: width, Color: true})
			if plain := regexp.MustCompile("\x1b\\[[0-9]+m").ReplaceAllString(colored, ""); plain != got || plain == colored {
				t.Errorf("colour changes more than the colour:\n%s", colored)
			}
		})
	}
}
