package diagram

import "slices"

// Boxes is the cases in which a condition holds as boxes of which no two have a
// case in common, joined where two can be one. Of more than most ways through
// the diagram only so many are followed; then whole is false, and the boxes are
// some of the cases.
func (s *Store) Boxes(condition Ref, most int) (boxes []Box, whole bool) {
	whole = true
	var follow func(r Ref, way Box)
	follow = func(r Ref, way Box) {
		switch {
		case r == False:
			return
		case len(boxes) == most:
			whole = false
			return
		case r == True:
			boxes = append(boxes, slices.Clone(way))
			return
		}
		variable, kids := s.Variable(r), s.Kids(r)
		for cell, kid := range kids {
			if slices.Index(kids, kid) != cell { // went together with an earlier one
				continue
			}
			mask := s.space.Mask(way, variable)
			clear(mask)
			for other, same := range kids {
				if same == kid {
					mask[other/64] |= 1 << (other % 64)
				}
			}
			follow(kid, way)
			s.space.Fill(way, variable)
		}
	}
	follow(condition, s.space.Full())
	return s.space.join(boxes), whole
}

// join joins two boxes that differ in one variable alone, until there are none.
func (s *Space) join(boxes []Box) []Box {
	for i, box := range boxes {
		for _, wider := range boxes[:i] {
			if v := s.onlyDifference(box, wider); v >= 0 {
				mask := s.Mask(wider, v)
				for word, bits := range s.Mask(box, v) {
					mask[word] |= bits
				}
				return s.join(slices.Delete(boxes, i, i+1)) // it may join with any other
			}
		}
	}
	return boxes
}

// onlyDifference is the variable in which alone two boxes differ; -1 where
// they differ in more.
func (s *Space) onlyDifference(a, b Box) int {
	found := -1
	for v := range s.cells {
		if !slices.Equal(s.Mask(a, v), s.Mask(b, v)) {
			if found >= 0 {
				return -1
			}
			found = v
		}
	}
	return found
}
