package fact

// phrase is one or more words, in lower case, and what they mean.
type phrase[T any] struct {
	words string
	means T
}

// The words that are values by themselves, in lower case.
var (
	yesWords     = [...]string{"ja", "yes", "true"}
	noWords      = [...]string{"nei", "no", "false"}
	unknownWords = [...]string{"?", "uavklart", "unclear", "ukjent", "ukjend", "unknown",
		"vet ikke", "veit ikkje", "don't know", "not known"}
	notApplicableWords = [...]string{"ikke aktuelt", "ikkje aktuelt", "ikke aktuell", "ikkje aktuell", "uaktuelt", "not applicable",
		"n/a", "n.a.", "ikke relevant", "ikkje relevant", "not relevant", "irrelevant"}
	noneWords = [...]string{"none", "ingen", "inga", "ingenting", "ingen ting", "ingen av dem", "ingen av dei", "none of them", "nothing"}
)

// side is how a value bounds what a fact can be.
type side int

const (
	exactly side = iota
	atLeast
	// from is at least, and may be followed by "to" and the other end.
	from
	above
	atMost
	below
)

// isLower reports whether the values lie above the bound.
func (s side) isLower() bool { return s == atLeast || s == from || s == above }

// closed is the outermost value that the bound lets in.
func (s side) closed(value, step int64) int64 {
	switch s {
	case above:
		return value + step
	case below:
		return value - step
	}
	return value
}

// sideWords stand before the value that they make a bound.
var sideWords = [...]phrase[side]{
	{"minst", atLeast}, {"minimum", atLeast}, {"at least", atLeast}, {"no less than", atLeast}, {"not less than", atLeast},
	{"tidligst", atLeast}, {"tidlegast", atLeast}, {"no earlier than", atLeast}, {">=", atLeast}, {"≥", atLeast},
	{"fra", from}, {"frå", from}, {"fra og med", from}, {"frå og med", from}, {"from", from},
	{"over", above}, {"mer enn", above}, {"meir enn", above}, {"flere enn", above}, {"fleire enn", above},
	{"større enn", above}, {"lenger enn", above}, {"lengre enn", above}, {"more than", above}, {"greater than", above},
	{"longer than", above}, {"above", above}, {"etter", above}, {"after", above}, {">", above},
	{"inntil", atMost}, {"opptil", atMost}, {"opp til", atMost}, {"opp til og med", atMost}, {"til og med", atMost},
	{"maks", atMost}, {"maks.", atMost}, {"maksimalt", atMost}, {"maksimum", atMost}, {"max", atMost}, {"max.", atMost},
	{"maximum", atMost}, {"høyst", atMost}, {"høgst", atMost}, {"at most", atMost}, {"up to", atMost},
	{"ikke over", atMost}, {"ikkje over", atMost}, {"ikke mer enn", atMost}, {"ikkje meir enn", atMost},
	{"no more than", atMost}, {"not more than", atMost}, {"senest", atMost}, {"seinast", atMost},
	{"no later than", atMost}, {"<=", atMost}, {"≤", atMost},
	{"under", below}, {"mindre enn", below}, {"færre enn", below}, {"kortere enn", below}, {"kortare enn", below},
	{"less than", below}, {"fewer than", below}, {"shorter than", below}, {"below", below}, {"før", below},
	{"before", below}, {"<", below},
}

// sideTails stand after the value that they make a bound.
var sideTails = [...]phrase[side]{
	{"eller flere", atLeast}, {"eller fleire", atLeast}, {"eller mer", atLeast}, {"eller meir", atLeast},
	{"eller lenger", atLeast}, {"eller lengre", atLeast}, {"eller senere", atLeast}, {"eller seinare", atLeast},
	{"or more", atLeast}, {"or longer", atLeast}, {"or later", atLeast}, {"og oppover", atLeast}, {"+", atLeast},
	{"eller færre", atMost}, {"eller mindre", atMost}, {"eller kortere", atMost}, {"eller kortare", atMost},
	{"eller tidligere", atMost}, {"eller tidlegare", atMost}, {"or fewer", atMost}, {"or less", atMost},
	{"or shorter", atMost}, {"or earlier", atMost},
}

// joint is what a word between two values does.
type joint int

const (
	andJoint joint = iota
	upToJoint
)

var rangeWords = [...]phrase[joint]{{"-", upToJoint}, {"til", upToJoint}, {"to", upToJoint}}

var boundJoints = [...]phrase[joint]{
	{"-", upToJoint}, {"til", upToJoint}, {"to", upToJoint},
	{"og", andJoint}, {"and", andJoint}, {"men", andJoint}, {"but", andJoint},
	{",", andJoint}, {", men", andJoint}, {", but", andJoint},
}

var betweenWords = [...]phrase[joint]{{"mellom", andJoint}, {"between", andJoint}}

var betweenJoints = [...]phrase[joint]{{"og", andJoint}, {"and", andJoint}, {"-", andJoint}}

// roughWords say that a value is not exact.
var roughWords = [...]phrase[bool]{
	{"ca", true}, {"ca.", true}, {"cirka", true}, {"circa", true}, {"sirka", true}, {"omtrent", true},
	{"rundt", true}, {"omkring", true}, {"om lag", true}, {"omlag", true}, {"ikring", true}, {"kring", true},
	{"about", true}, {"around", true}, {"approximately", true}, {"approx", true}, {"approx.", true},
	{"roughly", true}, {"nesten", true}, {"almost", true}, {"nearly", true}, {"bortimot", true}, {"opp mot", true},
	{"nærmere", true}, {"nærare", true}, {"drøyt", true}, {"drygt", true}, {"godt", true}, {"knapt", true},
	{"snaut", true}, {"~", true}, {"≈", true},
}

// rateWords say that an amount is one for each of something.
var rateWords = [...]phrase[bool]{
	{"per", true}, {"pr", true}, {"pr.", true}, {"/", true}, {"hver", true}, {"kvar", true}, {"each", true},
	{"i året", true}, {"i måneden", true}, {"i månaden", true}, {"årlig", true}, {"årleg", true}, {"a year", true},
	{"a month", true}, {"yearly", true}, {"annually", true},
}
