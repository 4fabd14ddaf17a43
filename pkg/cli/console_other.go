//go:build !windows

package cli

import "os"

// codePage is that of a console; only those of Windows have others.
func codePage() uint32 { return utf8CodePage }

// obeysEscapes reports whether a terminal obeys escape sequences.
func obeysEscapes(*os.File) bool { return true }
