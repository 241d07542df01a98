# Centerplan: everything a developer runs. CI runs `make test` and nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

LINT_VERSION := v2.15.0
LINT := .tools/bin/golangci-lint-$(LINT_VERSION)
PACKAGES := chromium fonts-noto-cjk poppler-utils gcc libc6-dev
UI := web/ui
BINARY := .tools/bin/centerplan
FUZZTIME ?= 30s
BENCH ?= Latency|Scenarios|Trials|Large|MonthOfSimulation|Edit
BENCHCOUNT ?= 3
RUNS ?= 1000
BENCHED ?= ./budget/formula ./budget/capacity ./web
BENCHSTAT_VERSION := v0.0.0-20260908200009-22c9c6c9d4da
BENCHSTAT := .tools/bin/benchstat-$(BENCHSTAT_VERSION)

# help: what can be made.
.PHONY: help
help:
	@sed -nE 's/^# ([a-z-]+): (.*)/\1\t\2/p' Makefile | expand -t 12

# demo: serve the sample plan on http://127.0.0.1:8080; needs Go only.
.PHONY: demo
demo:
	go run ./cmd/centerplan demo

# test: everything that must pass, what it needs to be installed included.
.PHONY: test
test: setup lint vet race page

# check: lint and the fast tests, for before a commit.
.PHONY: check
check: lint vet
	go test ./...

# setup: install what the tests need: packages, npm modules, the linter.
.PHONY: setup
setup: packages $(UI)/node_modules/.lock $(LINT)

# packages: the Debian packages the tests need; without root it says what to run.
.PHONY: packages
packages:
	@missing=
	for package in $(PACKAGES); do
	  dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null | grep -qx installed || missing+=" $$package"
	done
	if [ -z "$$missing" ]; then exit 0; fi
	install="apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends$$missing"
	if [ "$$(id -u)" != 0 ]; then
	  echo "The tests need packages that are not installed. Please run:" >&2
	  echo "  sudo apt-get update && sudo $$install" >&2
	  exit 1
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get -o DPkg::Lock::Timeout=300 update
	$$install

# The npm modules, whenever the lock file has changed.
$(UI)/node_modules/.lock: $(UI)/package-lock.json
	@if cmp -s $< $@; then touch $@; else (cd $(UI) && npm ci) && cp $< $@; fi

# The linter, in the pinned version, built with the Go that is here.
$(LINT):
	mkdir -p .tools/bin
	GOBIN="$(CURDIR)/.tools/bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv .tools/bin/golangci-lint $@

# lint: golangci-lint with .golangci.yml.
.PHONY: lint
lint: $(LINT)
	$(LINT) run ./...

# vet: what the Go tool itself finds suspicious.
.PHONY: vet
vet:
	go vet ./...

# race: all Go tests under the race detector.
.PHONY: race
race:
	CGO_ENABLED=1 go test -race -timeout 20m ./...

# page: type checks, unit tests, rebuild-and-compare and browser tests of the page.
.PHONY: page
page: $(UI)/node_modules/.lock binary
	cd $(UI)
	npm run check
	npm test
	npm run build:check
	CENTERPLAN="$(CURDIR)/$(BINARY)" npm run e2e

# binary: the program, for the browser tests.
.PHONY: binary
binary:
	CGO_ENABLED=0 go build -o $(BINARY) ./cmd/centerplan

# ui: rebuild the page into web/ui/dist, to be committed with its source.
.PHONY: ui
ui: $(UI)/node_modules/.lock
	cd $(UI) && npm run build

# kill: kill -9 a server during concurrent edits, RUNS times (1,000), and count the acknowledged edits that were lost.
.PHONY: kill
kill:
	RUNS=$(RUNS) go test -count=1 -v -run '^TestKillLosesNoAcknowledgedEdit$$' -timeout 6h ./cmd/centerplan

# golden: rewrite the golden files of wide outputs; read the difference in review.
.PHONY: golden
golden:
	GOLDEN=write go test -count=1 ./...

# bench: the engine beside hand-written loops, as a table; BENCHCOUNT=10 for claims, BENCH=name for others.
.PHONY: bench
bench:
	@mkdir -p .tools
	if [ -e .tools/bench.txt ]; then mv .tools/bench.txt .tools/bench-before.txt; fi
	go test -run '^$$' -bench '$(BENCH)' -benchmem -cpu 1 -count $(BENCHCOUNT) -timeout 2h $(BENCHED) | tee .tools/bench.txt
	go run ./.ci/bench < .tools/bench.txt

# bench-compare: what changed between the last two runs of bench, by benchstat.
.PHONY: bench-compare
bench-compare: $(BENCHSTAT)
	$(BENCHSTAT) .tools/bench-before.txt .tools/bench.txt

# Benchstat, in the pinned version.
$(BENCHSTAT):
	mkdir -p .tools/bin
	GOBIN="$(CURDIR)/.tools/bin" go install golang.org/x/perf/cmd/benchstat@$(BENCHSTAT_VERSION)
	mv .tools/bin/benchstat $@

# bench-ui: how fast the page draws and scrolls.
.PHONY: bench-ui
bench-ui: $(UI)/node_modules/.lock binary
	cd $(UI) && CENTERPLAN="$(CURDIR)/$(BINARY)" npm run bench

# fuzz: every fuzz test for FUZZTIME each.
.PHONY: fuzz
fuzz:
	@grep -rEoH --include='*_test.go' --exclude-dir=node_modules '^func Fuzz\w+' . | while IFS=: read -r file name; do
	  go test -run '^$$' -fuzz "^$${name#func }\$$" -fuzztime $(FUZZTIME) "$$(dirname "$$file")" || exit 1
	done

.ONESHELL:
.NOTPARALLEL:
