package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

func (a *app) verifyCommand() *cobra.Command {
	t := a.printer.T
	return &cobra.Command{
		Use: "verify " + t("cli.result"), Short: t("cli.verify_short"), Long: t("cli.verify_long"), Args: a.exactly(1),
		Example: "  ksdev verify result.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.verify(cmd, args[0]) },
	}
}

// verify assesses the inputs of a saved result again, under the same settings,
// and says whether anything differs.
func (a *app) verify(cmd *cobra.Command, name string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	saved, err := a.openSaved(name)
	if err != nil {
		return saved.fault(err)
	}
	code := Done
	var all []view.Verified
	end, err := saved.read(func(r result.Record) error {
		switch {
		case cmd.Context().Err() != nil:
			return cmd.Context().Err()
		case r.Unread != nil:
			code = weightier(code, a.unreadThen(r.Unread, name))
			return nil
		}
		finding, err := a.again(c, r.Assessment)
		if err != nil {
			return err
		}
		switch finding {
		case view.VerifiedSame:
		case view.VerifiedMissing:
			code = weightier(code, Unread)
		default:
			code = weightier(code, Found)
		}
		all = append(all, view.Verified{ID: r.Assessment.Initiative.ID, Path: r.Assessment.Input.Path, Finding: finding})
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.document(view.Verification(a.printer, all), c.Color.Value); err != nil {
		return err
	}
	if code = weightier(code, a.stopped(name, end.Complete)); code != Done {
		return &exit{code: code}
	}
	return nil
}

// again assesses what an assessment was about once more and compares.
func (a *app) again(c *config.Config, old *result.Assessment) (string, error) {
	data, err := a.readFile(filepath.FromSlash(old.Input.Path))
	if err != nil {
		return view.VerifiedMissing, nil
	}
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != old.Input.SHA256 {
		return view.VerifiedInput, nil
	}
	s := a.withSettings(c, old)
	if s == nil {
		return view.VerifiedStrategy, nil
	}
	file, found := yamldoc.Read(old.Input.Path, data)
	options, ok := oldOptions(old, s)
	if file == nil || found.HasErrors() || !ok {
		return view.VerifiedResult, nil
	}
	options.Reading, options.Program = old.Reading, old.Program
	for _, document := range file.Documents {
		if one, found := initiative.Read(file, document, s); document.Number == old.Input.Document && one != nil {
			now := assess.New(s, options).Assess(one)
			now.Questions = questionsAgain(s, options, one, old)
			now.Input.SHA256, now.Diagnostics, now.Check = old.Input.SHA256, coded(new(i18n.Coder), found), old.Check
			same, err := sameJSON(now, old)
			if same || err != nil {
				return view.VerifiedSame, err
			}
		}
	}
	return view.VerifiedResult, nil
}

// questionsAgain works out what to ask where the assessment holds that.
func questionsAgain(s *strategy.Strategy, o assess.Options, one *initiative.Initiative, old *result.Assessment) *result.Questions {
	if old.Questions == nil {
		return nil
	}
	assessor := assess.New(s, o)
	return inquiry.New(s, assessor).Questions(assessor.Take(one), len(old.Questions.Ranked) > 1)
}

// withSettings loads the strategy of an assessment with the thresholds and the
// choice that were in force; nil where no strategy at hand has its digest.
func (a *app) withSettings(c *config.Config, old *result.Assessment) *strategy.Strategy {
	s, err := newCatalog(&config.Config{Strategy: c.Strategy, Set: oldSettings(old)}, "").withDigest(c, old.Strategy)
	if err != nil {
		return nil
	}
	return s
}

// sameJSON reports whether two assessments are saved as the same bytes.
func sameJSON(a, b *result.Assessment) (bool, error) {
	first, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	second, err := json.Marshal(b)
	return string(first) == string(second), err
}
