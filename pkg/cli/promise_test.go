package cli

import (
	"os"
	"strconv"
	"testing"
)

// promiseSeed is the seed of what the tests of the promises make up. Another one
// is given with KSDEV_SEED; a failure names the seed.
func promiseSeed(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("KSDEV_SEED")
	if text == "" {
		return 1
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("KSDEV_SEED: %v", err)
	}
	return seed
}
