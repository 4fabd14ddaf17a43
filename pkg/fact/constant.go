package fact

import "github.com/ks-no/ksdev/pkg/i18n"

// ParseConstant reads one single value of an ordered kind, as thresholds and
// conditions hold it.
func (d *Definition) ParseConstant(text string) (int64, *Fault) {
	parsed, fault := d.Parse(text)
	if fault != nil {
		return 0, fault
	}
	if parsed.Unknown || !parsed.Values.Known() {
		return 0, &Fault{Message: i18n.M("fact.not_single", found(text)), Hint: i18n.M("fact.not_single_hint", d.example())}
	}
	return parsed.Values.Intervals[0].Lo, nil
}

// IsReason reports whether a text can be the reason for a claim: it says
// something, and does not merely say that nothing is known.
func IsReason(text string) bool {
	parsed, fault := (&Definition{Kind: Text}).Parse(text)
	return fault == nil && !parsed.Unknown && parsed.Values.Options == Given && hasLetter(text)
}
