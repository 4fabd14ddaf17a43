// Package criteria holds the strategies that come with the program, as data: a
// folder each. It has no logic of its own.
package criteria

import (
	"embed"
	"io/fs"
)

//go:embed */*.yaml */text/*.yaml */cases/*.yaml
var strategies embed.FS

// FS holds a folder for each strategy, named by its id.
func FS() fs.FS { return strategies }
