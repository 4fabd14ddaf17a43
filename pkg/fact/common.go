package fact

// Common is a fact as two definitions of it both have it: the values that it
// can have under either. ok is false where there is none: the kinds differ, say,
// or no option is in both.
func (d *Definition) Common(other *Definition) (common *Definition, ok bool) {
	if d.Kind != other.Kind {
		return nil, false
	}
	both := *d
	both.Options = nil
	for _, option := range d.Options {
		if other.Option(option.ID) >= 0 {
			both.Options = append(both.Options, option)
		}
	}
	if !d.Kind.Ordered() {
		return &both, len(both.Options) > 0 || len(d.Options) == 0
	}
	fine, coarse := d, other
	if fine.Step > coarse.Step {
		fine, coarse = coarse, fine
	}
	if coarse.Step%fine.Step != 0 || (coarse.Min-fine.Min)%fine.Step != 0 {
		return nil, false
	}
	both.Step = coarse.Step
	both.Min, both.Max = coarse.AtLeast(fine.Min), coarse.AtMost(fine.Max)
	return &both, both.Min <= both.Max
}

// AtLeast is the smallest value of an ordered kind that is not below v. Where
// there is none, it is above Max.
func (d *Definition) AtLeast(v int64) int64 {
	if v <= d.Min {
		return d.Min
	}
	return d.Min + (v-d.Min+d.Step-1)/d.Step*d.Step
}

// AtMost is the largest value of an ordered kind that is not above v. Where
// there is none, it is below Min.
func (d *Definition) AtMost(v int64) int64 {
	if v >= d.Max {
		return d.Max
	}
	if v < d.Min {
		return d.Min - d.Step
	}
	return d.Min + (v-d.Min)/d.Step*d.Step
}

// Carry is a test of the fact's values as one of the values under another
// definition, all of which the fact can have. ok is false where none of them
// passes.
func (d *Definition) Carry(t Test, to *Definition) (carried Test, ok bool) {
	switch {
	case d.Kind.Ordered():
		t.Interval = Interval{to.AtLeast(t.Interval.Lo), to.AtMost(t.Interval.Hi)}
		return t, t.Interval.Lo <= t.Interval.Hi
	case d.Kind == Choices && t.Includes == 0:
		return t, t.Least <= min(t.Most, len(to.Options))
	case d.Kind == Choices:
		included, all := d.carryOptions(t.Includes, to)
		t.Includes = included
		return t, included != 0 && (all || !t.Every)
	case d.Kind == Choice:
		t.Options, _ = d.carryOptions(t.Options, to)
	}
	return t, t.Options != 0
}

// carryOptions turns options, as bits, into those of another definition; all is
// false where it lacks one.
func (d *Definition) carryOptions(options uint64, to *Definition) (carried uint64, all bool) {
	all = true
	for i, option := range d.Options {
		if options>>i&1 == 0 {
			continue
		}
		if place := to.Option(option.ID); place >= 0 {
			carried |= 1 << place
		} else {
			all = false
		}
	}
	return carried, all
}
