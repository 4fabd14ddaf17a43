# ksdev: `make` lists the targets.

GO          ?= go
FUZZ        ?= .
FUZZTIME    ?= 30s
FUZZCACHE   ?= $(shell $(GO) env GOCACHE)/fuzz/$(shell $(GO) list -m)
BENCHTIME   ?= 1s
BASE        ?= main
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.8.2
AXE         ?= 4.14.1
AXE_SHA256  ?= e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745
AXE_FOLDER  ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ksdev/axe-core-$(AXE)
GORELEASER  ?= github.com/goreleaser/goreleaser/v2@v2.16.0
CYCLONEDX   ?= github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.7.0
RELEASE     ?= --snapshot
PLATFORMS   ?= linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# Long tests that keep no expected output.
KEEP_NOTHING = Interview|FindingsAreValid|RenderGives|RenderComparison|SameInput|Inert|CompareShards|CompareIsValid|Signal|Fuzz

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build ksdev into this folder
	$(GO) build -trimpath -o ./ ./cmd/ksdev

.PHONY: test
test: ## Run all tests, and the spelling check where hunspell is installed
	$(GO) test ./...
	@$(MAKE) --no-print-directory spelling

.PHONY: axe
axe: $(AXE_FOLDER)/axe.min.js ## Fetch axe-core with npm and say where it is
	@echo "$<"

$(AXE_FOLDER)/axe.min.js:
	@mkdir -p "$(@D)"
	@cd "$(@D)" && npm pack --silent axe-core@$(AXE) >/dev/null && \
		echo "$(AXE_SHA256)  axe-core-$(AXE).tgz" | sha256sum --check --quiet && \
		tar -xzf axe-core-$(AXE).tgz --strip-components=1 package/axe.min.js && \
		rm axe-core-$(AXE).tgz

.PHONY: pages
pages: ## Test pages in a browser; needs Chromium or Chrome, and npm
	KSDEV_BROWSER_TESTS=required KSDEV_AXE=$$($(MAKE) --silent axe) $(GO) test -count=1 -run 'Page|Keyboard|Rows|Script|Screen|Print' ./pkg/report

.PHONY: race
race: ## Run tests of what works at once with the race detector (needs a C compiler)
	$(GO) test -race -short ./pkg/i18n ./pkg/diagram ./pkg/strategy
	$(GO) test -race -run 'SameInputSameBytes|InOrder|Signal|Machines' ./pkg/cli

.PHONY: lint
lint: ## Check formatting, go vet, staticcheck and go.mod
	@files=$$(find . -name '*.go' -exec gofmt -l {} +); \
	if [ -n "$$files" ]; then echo "not formatted with gofmt:"; echo "$$files"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	$(GO) mod tidy -diff

.PHONY: golden
golden: ## Write the expected outputs of the tests anew; look at the difference
	KSDEV_UPDATE=1 $(GO) test -short -count=1 -skip '$(KEEP_NOTHING)' $$(grep -rl --include='*_test.go' -e KSDEV_UPDATE -e 'updating()' pkg | xargs -n 1 dirname | sort -u | sed 's|^|./|')

.PHONY: spelling
spelling: ## Check the spelling of all texts in nb, nn and en with hunspell
	@$(GO) test -count=1 -v -run '^TestSpelling$$' ./pkg/house

.PHONY: sheets
sheets: ## Open workbooks and CSV files in LibreOffice, where it is installed
	@KSDEV_SHEETS=1 $(GO) test -count=1 -v -run 'LibreOffice' ./pkg/report

# That its time was over in the wrong moment, of which Go makes a failure, is
# none: then there is no input that fails.
.PHONY: fuzz
fuzz: ## Run each fuzz target for FUZZTIME (30s), or those that match FUZZ
	@made=$$(mktemp -d); trap 'rm -rf "$$made"' EXIT; built=; failed=; \
	for name in $$(grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' pkg | sed 's|/[^/]*:func |.|' | LC_ALL=C sort | grep -E -e '$(FUZZ)'); do \
		folder=$${name%.*}; target=$${name#*.}; \
		if [ "$$folder" != "$$built" ]; then \
			built=$$folder; rm -f "$$made/test"; \
			$(GO) test -c -vet=off -fuzz=. -o "$$made/test" "./$$folder"; \
		fi; \
		began=$$(date +%s); \
		(cd "$$folder" && "$$made/test" -test.run '^$$' -test.fuzz "^$$target\$$" -test.fuzztime $(FUZZTIME) -test.fuzzminimizetime 100x -test.fuzzcachedir "$(FUZZCACHE)/$$folder") >"$$made/log" 2>&1 \
			&& result=ok || result=FAILED; \
		! { grep -q '^ *context deadline exceeded$$' "$$made/log" && ! grep -qE 'Failing input|panic|fuzzing process' "$$made/log"; } || result=ok; \
		[ "$$result" = ok ] || failed="$$failed $$name"; \
		did=$$(sed -n 's/.*execs: \([0-9]*\).*new interesting: \([0-9]*\) (total: \([0-9]*\)).*/\1 executions, \2 new inputs of \3/p' "$$made/log" | tail -1); \
		printf '%-6s %-34s %4d s  %s\n' "$$result" "$$name" $$(($$(date +%s) - began)) "$${did:-no executions}"; \
		[ "$$result" = ok ] || { \
			cat "$$made/log"; \
			sed -n 's|.*Failing input written to ||p' "$$made/log" | while read -r found; do cat "$$folder/$$found"; done; \
		} | sed 's/##\[/##\\x5b/g; s/^[[:space:]]*:/.&/'; \
	done; \
	[ -n "$$built" ] || { echo "no fuzz target matches $(FUZZ)"; exit 1; }; \
	[ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

.PHONY: bench
bench: ## Run the benchmarks, each for BENCHTIME (1s)
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

.PHONY: cover
cover: ## Measure the coverage of the tests, by function and in cover.html
	$(GO) test -coverpkg=./... -coverprofile=cover.out ./...
	$(GO) tool cover -html=cover.out -o cover.html
	$(GO) tool cover -func=cover.out

.PHONY: mutation
mutation: ## Change the program of PACKAGES in small ways; tests must notice
	.ci/mutation $(PACKAGES)

.PHONY: mutation-changed
mutation-changed: ## The same for what was changed since BASE (main) alone
	.ci/mutation --changed-since $(BASE) $(PACKAGES)

.PHONY: statements
statements: ## Check that all statements are tested that have no reason not to be
	@profiles=$$(mktemp -d) && trap 'rm -rf "$$profiles"' EXIT && \
	for list in pkg/house/testdata/unnoticed/*.yaml; do \
		name=$$(basename "$$list" .yaml); \
		$(GO) test -coverprofile "$$profiles/$$name" "./pkg/$$name" || exit 1; \
	done && KSDEV_COVERAGE=$$profiles $(GO) test -count=1 -v -run '^TestStatements$$' ./pkg/house

.PHONY: vet-platforms
vet-platforms: ## Vet program and tests for other platforms (PLATFORMS)
	@for platform in $(PLATFORMS); do \
		echo "$$platform"; \
		CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} $(GO) vet -trimpath ./... || exit 1; \
	done

.PHONY: cross
cross: ## Build for other platforms (PLATFORMS) into dist/
	@for platform in $(PLATFORMS); do \
		echo "$$platform"; \
		mkdir -p "dist/$$platform" && \
		CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} \
			$(GO) build -trimpath -o "dist/$$platform/" ./cmd/ksdev || exit 1; \
	done

.PHONY: licences
licences: ## List all modules that ksdev is made of, with their licences
	@$(GO) test -count=1 -v -run '^TestLicences$$' ./pkg/house

.PHONY: release
release: ## Build a release into dist/; published only with RELEASE= and a token
	$(GO) run $(GORELEASER) release --clean $(RELEASE)

.PHONY: release-files
release-files: ## Write what a release's archives hold beside the program
	rm -rf release
	mkdir -p release/files/completions
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=true -o release/ ./cmd/ksdev
	release/ksdev completion bash >release/files/completions/ksdev.bash
	release/ksdev completion fish >release/files/completions/ksdev.fish
	release/ksdev completion powershell >release/files/completions/ksdev.ps1
	release/ksdev completion zsh >release/files/completions/_ksdev
	release/ksdev man --lang en --folder release/files/man/man1
	release/ksdev man --lang nb --folder release/files/man/nb/man1
	release/ksdev man --lang nn --folder release/files/man/nn/man1
	KSDEV_NOTICES="$(CURDIR)/release/files/THIRD_PARTY.txt" $(GO) test -count=1 -run '^TestLicences$$' ./pkg/house

.PHONY: release-notes
release-notes: ## Print what CHANGELOG.md says of VERSION, which must be the program's
	@grep -q '^const Version = "$(VERSION)"$$' pkg/cli/cli.go || { echo "pkg/cli/cli.go: the version is not $(VERSION)" >&2; exit 1; }
	@awk '/^## / { on = index($$0, "## [$(VERSION)]") == 1; next } on { print; n++ } END { exit !n }' CHANGELOG.md || \
		{ echo "CHANGELOG.md: nothing under [$(VERSION)]" >&2; exit 1; }

# The tool writes the time of its run; DATE, that of the commit, takes its place.
.PHONY: sbom
sbom: ## Write what the program BINARY is made of into DOCUMENT, dated DATE
	$(GO) run -trimpath $(CYCLONEDX) bin -json -noserial -std -output "$(DOCUMENT).tmp" "$(BINARY)"
	sed 's/"timestamp": "[^"]*"/"timestamp": "$(DATE)"/' "$(DOCUMENT).tmp" >"$(DOCUMENT)"
	rm "$(DOCUMENT).tmp"

.PHONY: check
check: ## Run all that is run for every change (.ci/run)
	.ci/run

.PHONY: clean
clean: ## Remove what the other targets have made
	rm -rf ksdev ksdev.exe dist release cover.out cover.html
