# The commands of the house. Each installs what it misses, at pinned versions, and says so (tools/setup.sh).
SHELL := bash
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/allclear/tools

export TOOLS
# Debian keeps nginx in /usr/sbin, which is not on everybody's PATH.
export PATH := $(TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(PATH):/usr/sbin
# Trunk 0.21 takes NO_COLOR=1 for an error.
unexport NO_COLOR

# From the command line only: a HOST, PORT or GREP of your shell means something else.
PORT := 8080
BASE := /
HOST := any
SERVICE := postmark
ONLY :=
GREP :=

.PHONY: help serve test sandbox build bench screenshots setup clean

help: ## This list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

serve: ## Both apps at http://127.0.0.1:8080/ and /console/, rebuilt on change. PORT=8080
	@tools/setup.sh build
	@node tools/dev.mjs --port $(PORT)

test: ## Everything: formatting, lints, host, browser, end-to-end and contract tests, sizes. ONLY="host e2e" GREP=words pick.
	@tools/setup.sh build release browser contract edge
	@node tools/test.mjs $(ONLY) $(if $(GREP),--grep "$(GREP)")

sandbox: ## The whole product against sandboxed vendors, behind nginx. PORT=8080 SERVICE=postmark|resend|sendgrid
	@tools/setup.sh build edge
	@node tools/sandbox.mjs --port $(PORT) --service $(SERVICE)

build: ## The production dist/, and whether it keeps its budgets. BASE=/some/path/ HOST=any|nginx|caddy|netlify|cloudflare|github|s3
	@tools/setup.sh build release
	@node tools/build.mjs --release --base $(BASE) --host $(HOST)
	@node tools/budget.mjs || { echo "dist/ stands, but something in it has outgrown its budget: see above"; exit 1; }

bench: ## What dist/ weighs and how fast readers see the state, against the budgets; takes some minutes.
	@tools/setup.sh browser edge
	@test -d dist || $(MAKE) --no-print-directory build || test -d dist
	@weighed=0; node tools/budget.mjs || weighed=1; node tools/bench.mjs && exit $$weighed

screenshots: build ## The pictures of the README, made anew.
	@tools/setup.sh browser
	@ALLCLEAR_SCREENSHOTS=1 playwright test

clean: ## Removes what was built; the installed tools stay.
	rm -rf dist .stage
	cargo clean
