package report_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// needsBrowser says in the environment that tests in a browser are not skipped:
// what they need is there, or they fail.
const needsBrowser = "KSDEV_BROWSER_TESTS"

// lacking skips a test for want of something, or fails it.
func lacking(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv(needsBrowser) == "required" {
		t.Fatalf(format, args...)
	}
	t.Skipf("pages were not tested in a browser: "+format, args...)
}

// browser starts a browser without a window. It is stopped when the test ends.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() || os.Getenv("KSDEV_UPDATE") != "" {
		t.Skip("pages are not tested in a browser with -short or KSDEV_UPDATE")
	}
	program := ""
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		lacking(t, "none of %s is there; on Debian: apt-get install chromium", strings.Join(names, ", "))
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(options...))
	t.Cleanup(stop)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		lacking(t, "%s does not start: %v", program, err)
	}
	return ctx
}

// tab is a page in the browser.
type tab struct {
	t   *testing.T
	ctx context.Context
	// mu guards complaints, which are what the page asked for and what went wrong
	// in it.
	mu         sync.Mutex
	complaints []string
}

// look is how a page is looked at.
type look struct {
	width    int64
	dark     bool
	print    bool
	noScript bool
}

// open shows a page in a tab of its own, as from a file that came by mail.
func open(t *testing.T, browser context.Context, page string, l look) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	p := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, p.note); err != nil {
		t.Fatal(err)
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}}
	if l.dark {
		media.Features[0].Value = "dark"
	}
	if l.print {
		media.Media = "print"
	}
	if l.width == 0 {
		l.width = 1280
	}
	call(p, network.Enable, network.EnableParams{})
	call(p, audits.Enable, cdp.Empty{})
	call(p, emulation.SetEmulatedMedia, media)
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: 900, DeviceScaleFactor: 1, Mobile: l.width < 500})
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.noScript})
	p.do(chromedp.Navigate("file://" + filepath.ToSlash(file)))
	t.Cleanup(p.quiet)
	return p
}

// call sends a command to the browser.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, time.Minute)
	defer stop()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// value evaluates an expression of JavaScript in the page.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, 2*time.Minute)
	defer stop()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%.200s: %v", expression, err)
	}
	return got
}

// note keeps what the page asked for and what went wrong.
func (p *tab) note(event any) {
	complaint := ""
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "file://") || e.Type != network.ResourceTypeDocument {
			complaint = "it asked for " + e.Request.URL
		}
	case *runtime.EventConsoleAPICalled:
		complaint = fmt.Sprintf("the console has %s", e.Type)
	case *runtime.EventExceptionThrown:
		complaint = "exception: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		complaint = fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text)
	case *audits.EventIssueAdded:
		complaint = fmt.Sprintf("the browser complains: %s", e.Issue.Code)
	}
	if complaint != "" {
		p.mu.Lock()
		p.complaints = append(p.complaints, complaint)
		p.mu.Unlock()
	}
}

// quiet checks that the page asked for nothing and that nothing went wrong.
func (p *tab) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, complaint := range p.complaints {
		p.t.Error(complaint)
	}
}
