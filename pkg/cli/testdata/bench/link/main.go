// Link prints a line with the libraries that ksdev is built on and does nothing
// else: what a program with them costs before it works.
package main

import (
	"log"
	"os"

	_ "charm.land/bubbletea/v2"
	_ "charm.land/huh/v2"
	_ "charm.land/lipgloss/v2"
	_ "github.com/clipperhouse/displaywidth"
	_ "github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/olekukonko/tablewriter"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	_ "github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"
	_ "github.com/xuri/excelize/v2"
	_ "golang.org/x/term"
	_ "golang.org/x/text/feature/plural"
	_ "golang.org/x/text/language"
	_ "golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

func main() {
	root := &cobra.Command{Use: "link", RunE: func(cmd *cobra.Command, _ []string) error {
		table := tablewriter.NewTable(cmd.OutOrStdout())
		if err := table.Append("viper", "yaml"); err != nil {
			return err
		}
		if err := table.Append(viper.New().GetString("none"), (&yaml.Node{}).Value); err != nil {
			return err
		}
		return table.Render()
	}}
	root.SetOut(os.Stdout)
	if err := root.Execute(); err != nil {
		log.Fatal(err)
	}
}
