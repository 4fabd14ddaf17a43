package fact

import "math"

// multiply gives the product of two numbers, the second one not negative, and
// whether it fits.
func multiply(a, b int64) (int64, bool) {
	product := a * b
	return product, b == 0 || product/b == a
}

// largest leaves room for a step beyond every value.
const largest = math.MaxInt64 - One

// resolve gives the value of a number with its unit in the fact's steps.
func (r *valueReader) resolve(o operand) (int64, *Fault) {
	if r.definition.Kind == Date {
		return o.day, nil
	}
	number := o.number
	if number.dotted {
		if !o.unit.kroner || !o.unit.isPlain() {
			return 0, r.fault("fact.number_dot")
		}
		number.decimals = 0
	}
	value, ok := multiply(number.digits, o.unit.times)
	exponent := o.unit.tens - number.decimals
	for ; exponent > 0 && ok; exponent-- {
		value, ok = multiply(value, 10)
	}
	if !ok || value > largest || value < -largest {
		return 0, r.fault("fact.number_size")
	}
	for ; exponent < 0; exponent++ {
		if value%10 != 0 {
			return 0, r.decimalsFault()
		}
		value /= 10
	}
	if value%r.definition.Step != 0 {
		return 0, r.decimalsFault()
	}
	return value, nil
}

// decimalsFault says that a number is finer than the fact's steps.
func (r *valueReader) decimalsFault() *Fault {
	if r.definition.Step == One {
		return r.fault("fact.number_whole")
	}
	return r.fault("fact.number_decimals", decimals(r.definition.Step))
}

// resolvePair gives the values of the two ends of a range, in the order in
// which they are written. The first takes its unit from the second where it
// has none: "1,2-1,5 mill.".
func (r *valueReader) resolvePair(first, second operand, rising bool) (a, b int64, fault *Fault) {
	kroner := first.unit.kroner || second.unit.kroner
	inherits := !first.unit.written && !second.unit.isPlain()
	switch {
	// "kr 1-kr 2 mill."
	case inherits && first.unit.ahead && second.unit.ahead:
		return 0, 0, r.fault("fact.range_units")
	case !first.unit.written:
		first.unit = second.unit
	case !second.unit.written && !first.unit.isPlain():
		return 0, 0, r.fault("fact.range_units")
	}
	first.unit.kroner, second.unit.kroner = kroner, kroner
	if a, fault = r.resolve(first); fault != nil {
		return 0, 0, fault
	}
	if b, fault = r.resolve(second); fault != nil {
		return 0, 0, fault
	}
	// "500 000-1 mill." is not 500 000 million.
	if inherits && (a > b) == rising && a != b {
		return 0, 0, r.fault("fact.range_units")
	}
	return a, b, nil
}
