# The commands of the house. Each installs what it misses, at pinned versions, and says so (tools/setup.sh).
SHELL := bash
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/allclear/tools

export TOOLS
export PATH := $(TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# Trunk 0.21 takes NO_COLOR=1 for an error.
unexport NO_COLOR

# From the command line only: a HOST, PORT or GREP of your shell means something else.
PORT := 8080
BASE := /
HOST := any
ONLY :=
GREP :=

.PHONY: help serve test build bench screenshots setup clean

help: ## This list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

serve: ## Both apps at http://127.0.0.1:8080/ and /console/, rebuilt on change. PORT=8080
	@tools/setup.sh build
	@node tools/dev.mjs --port $(PORT)

test: ## Everything: formatting, lints, host, browser and end-to-end tests, sizes. ONLY="host e2e" GREP=words pick.
	@tools/setup.sh build browser
	@node tools/test.mjs $(ONLY) $(if $(GREP),--grep "$(GREP)")

build: ## The production dist/. BASE=/some/path/ HOST=any|netlify|cloudflare|github
	@tools/setup.sh build
	@node tools/build.mjs --release --base $(BASE) --host $(HOST)

bench: ## What dist/ weighs, by file, against the budgets.
	@test -d dist || $(MAKE) --no-print-directory build
	@node tools/budget.mjs

screenshots: build ## The pictures of the README, made anew.
	@tools/setup.sh browser
	@ALLCLEAR_SCREENSHOTS=1 playwright test

clean: ## Removes what was built; the installed tools stay.
	rm -rf dist .stage
	cargo clean
