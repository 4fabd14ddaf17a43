package diagram

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// chosen makes random choices of bytes, one for each, so that a fuzzer can turn
// them one by one. When they are used up, others follow.
type chosen struct {
	bytes []byte
	rest  *rand.PCG
}

func choose(data []byte) *rand.Rand { return rand.New(&chosen{data, rand.NewPCG(1, 2)}) }

// Uint64 is the next byte in every place, since what is drawn is now in the
// first bits and now in the last.
func (c *chosen) Uint64() uint64 {
	if len(c.bytes) == 0 {
		return c.rest.Uint64()
	}
	next := uint64(c.bytes[0])
	c.bytes = c.bytes[1:]
	return next * 0x0101010101010101
}

// few is how many cases can all be gone through several times for each input.
const few = 4000

// FuzzAgreesWithEnumeration: whatever is put together of And, Or, Not, If,
// Combine and Map is, over any box, what going through all cases gives.
func FuzzAgreesWithEnumeration(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 6))
		data := make([]byte, 60)
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r := choose(data)
		space := randomSpace(r)
		if space.Cases().Cmp(big.NewInt(few)) > 0 {
			return
		}
		store := NewStore(space, 1<<20)
		f := randomFormula(r, store)
		checkWalks(t, r, store, f)
		checkCounts(t, store, f, randomBox(r, space))
		condition := randomCondition(r, store, 3)
		checkBoxes(t, store, condition)
		checkCase(t, store, condition)
		if err := store.Err(); err != nil {
			t.Error(err)
		}
	})
}
