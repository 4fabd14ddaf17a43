// Package house holds tests of the repository itself: who may import whom, how
// the code and the folders are kept, what the texts for users say and how they
// are spelt. There is nothing in it to import.
//
// Each rule is a function from a tree of files to findings. The tests run it on
// this repository, and on small trees that break it, as a rule that cannot
// find anything proves nothing.
package house
