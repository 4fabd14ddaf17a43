// Ksdev assesses proposed development initiatives against the strategy of KS,
// the Norwegian Association of Local and Regional Authorities.
package main

import (
	"os"

	"github.com/ks-no/ksdev/pkg/cli"
)

func main() { os.Exit(cli.Main(cli.System(), os.Args[1:])) }
