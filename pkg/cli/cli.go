// Package cli is the command line: commands, flags, streams and exit codes. It
// is the only package that prints, opens files and knows the environment.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Version is the program's version.
const Version = "0.1.0"

// Exit codes, the same for every format. Of several the one that weighs most
// counts: a fault of the program before wrong usage, that before input that
// could not be read, that before findings.
const (
	// Done: the work is done and nothing was found that --fail-on names.
	Done = 0
	// Found: something was found that --fail-on names.
	Found = 1
	// Usage: flags, configuration or strategy are wrong; nothing was assessed.
	Usage = 2
	// Unread: some input could not be read, or an output not be written.
	Unread = 3
	// Fault: the program itself is at fault.
	Fault = 4
	// Stopped and a signal's number: the signal stopped the work.
	Stopped = 128
)

// Streams are what the program reads from and writes to, and the environment.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	// Environ is the environment as NAME=value.
	Environ func() []string
	// Dir is the working folder.
	Dir string
	// Now gives the time; the expiry of waivers is judged by it, and whether a
	// run is so long that a terminal shows how far it is.
	Now func() time.Time
	// disk is where files are; nil for the computer's own.
	disk disk
}

// System gives the process's own streams.
func System() Streams {
	dir, err := os.Getwd()
	if err != nil {
		// A working folder that is gone holds nothing, and lies in no repository.
		dir = string(filepath.Separator)
	}
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ, Dir: dir, Now: time.Now}
}

// patience is how long the work may take to end when a signal has come.
const patience = 1500 * time.Millisecond

// heapGrowth is by how many percent the heap grows until it is cleared, where
// GOGC does not say otherwise. Runs are short and hold little: twice Go's own
// 100 saves a fifth of the time of the longest, and costs some 40 MB.
const heapGrowth = 200

// Main runs the program with the arguments, its own name left out, and gives
// the exit code.
func Main(s Streams, args []string) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if s.disk == nil {
		s.disk = newComputer()
	}
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	signals := make(chan os.Signal, 1)
	// Without SIGPIPE the system would end the program where it stands.
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer signal.Stop(signals)
	ended := make(chan int, 1)
	go func() { ended <- guarded(ctx, s, args) }()
	select {
	case code := <-ended:
		return code
	case received := <-signals:
		stop(stopped{received})
	}
	select {
	case code := <-ended:
		return code
	case <-time.After(patience):
		// It waits for somebody who does not read or write, or has much to work out.
		s.disk.clear()
		return stopCode(ctx)
	}
}

// guarded runs the program; a fault of its own becomes a message and an exit
// code.
func guarded(ctx context.Context, s Streams, args []string) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprint(s.Err, diag.Inert("ksdev: "+diag.Clean(fmt.Sprint(fault))+"\n"))
			code = Fault
		}
	}()
	return run(ctx, s, args)
}

// stopped says which signal ended the work.
type stopped struct{ signal os.Signal }

func (s stopped) Error() string { return s.signal.String() }

// stopCode is the exit code for the signal that ended the work, Done where none
// did.
func stopCode(ctx context.Context) int {
	var signalled stopped
	if !errors.As(context.Cause(ctx), &signalled) {
		return Done
	}
	number, _ := signalled.signal.(syscall.Signal)
	return Stopped + int(number)
}

// run builds the commands for the language that the arguments and the
// environment ask for, and runs the one that is meant.
func run(ctx context.Context, s Streams, args []string) int {
	printer, err := i18n.New(earlyLanguage(s, args))
	if err != nil {
		fmt.Fprintln(s.Err, "ksdev:", err)
		return Fault
	}
	a := &app{streams: s, printer: printer}
	out := &remembering{w: s.Out}
	root := a.rootCommand(out)
	root.SetArgs(args)
	err = root.ExecuteContext(ctx)
	if code := stopCode(ctx); code != Done {
		return code
	}
	if out.err != nil {
		err = outputLost(Done, out.err)
	}
	return a.exitCode(err)
}

// remembering passes on what is written and keeps the first error: cobra does
// not look at those of its help.
type remembering struct {
	w   io.Writer
	err error
}

func (r *remembering) Write(data []byte) (int, error) {
	n, err := r.w.Write(data)
	if r.err == nil {
		r.err = err
	}
	return n, err
}

// exit is an error that carries an exit code, and what to print.
type exit struct {
	code    int
	message i18n.Message
	hint    i18n.Message
	found   diag.List
}

func (e *exit) Error() string { return fmt.Sprintf("exit code %d: %s", e.code, e.message.Key) }

// usage is an exit because of a wrong call.
func usage(message, hint i18n.Message) *exit {
	return &exit{code: Usage, message: message, hint: hint}
}

func (a *app) exitCode(err error) int {
	if err == nil {
		return Done
	}
	var e *exit
	if !errors.As(err, &e) {
		a.complain(i18n.M("cli.error", diag.Clean(err.Error())), i18n.Message{})
		return Usage
	}
	if len(e.found) > 0 {
		a.print(a.streams.Err, diag.Text(a.printer, e.found))
	}
	if !e.message.IsZero() {
		a.complain(e.message, e.hint)
	}
	return e.code
}

// complain prints a message for the user on standard error.
func (a *app) complain(message, hint i18n.Message) {
	a.print(a.streams.Err, diag.Inert("ksdev: "+a.printer.Text(message)+"\n"))
	if !hint.IsZero() {
		a.print(a.streams.Err, diag.Inert("  "+a.printer.T("cli.hint", hint)+"\n"))
	}
}

// print writes to a stream for which nothing can be done when it fails.
func (a *app) print(w io.Writer, text string) { _, _ = io.WriteString(w, text) }

// app is one run of the program.
type app struct {
	streams Streams
	printer *i18n.Printer
	flags   flags
	// config is nil until it is read.
	config *config.Config
}

// commands lists all commands in the order of the help.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{a.assessCommand(), a.compareCommand(), a.explainCommand(), a.askCommand(), a.newCommand(), a.diffCommand(), a.renderCommand(), a.verifyCommand(), a.strategyCommand(),
		a.configCommand(), a.manCommand(), a.versionCommand(), a.exitCodesCommand()}
}

func (a *app) rootCommand(out io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use: "ksdev", Short: a.printer.T("cli.root_short"), Long: a.printer.T("cli.root_long"),
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.group(cmd, args) },
	}
	root.SetIn(a.streams.In)
	root.SetOut(out)
	root.SetErr(a.streams.Err)
	root.CompletionOptions.HiddenDefaultCmd = false
	a.flags.addGlobal(root, a.printer)
	root.AddCommand(a.commands()...)
	a.wordCobra(root)
	return root
}

// group runs a command that only holds others: without arguments it prints its
// help, with one it says that there is no such command.
func (a *app) group(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return usage(i18n.M("cli.unknown_command", diag.Clean(args[0])), nearest(args[0], names))
}
