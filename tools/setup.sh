#!/usr/bin/env bash
# Installs what is missing, at pinned versions, and says so; says nothing when all is there.
#
#   tools/setup.sh build      Rust's wasm target, Trunk, wasm-bindgen, Node packages
#   tools/setup.sh release    what only the production build needs
#   tools/setup.sh browser    Chromium and its driver
#   tools/setup.sh contract   clients of the hosted services that the contract tests use, for Python
#   tools/setup.sh edge       nginx with its JavaScript and Caddy, which the edge is tested with
#
# Trunk and wasm-bindgen go to a folder of our own ($TOOLS), so that yours stay as they are; those on PATH
# are used when their version is right.
set -euo pipefail
cd "$(dirname "$0")/.."

trunk_version=0.21.14
split_version=0.2.4
tools=${TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/allclear/tools}
export PATH="$tools/bin:$PATH"
unset NO_COLOR

say() { printf 'setup: %s\n' "$*" >&2; }
# Runs a step and says how long it took.
timed() { local what=$1 start=$SECONDS; shift; "$@"; say "$what: done in $((SECONDS - start)) s"; }
give_up() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The compiler takes its flags, and nginx its folders, apart at spaces.
no_space() {
  case $PWD$tools${CARGO_HOME:-$HOME} in
    *" "*) give_up "there is a space in $PWD, $tools or ${CARGO_HOME:-$HOME}: only make serve works there, so use folders without one" ;;
  esac
}

# The version of a tool on PATH, or nothing.
version_of() { { "$1" --version 2>/dev/null || true; } | sed -nE '1s/^[^ ]+ ([0-9][^ ]*).*/\1/p'; }

# The version of a crate in Cargo.lock.
locked() { awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }

# A program of a crate, ready-made where cargo-binstall finds one, else built here with no more features than
# we use: its own speed does not matter, the time to build it does.
cargo_tool() {
  local crate=$1 program=$2 version=$3 optimised=$4 found
  found=$(version_of "$program")
  [ "$found" = "$version" ] && return
  say "installing $crate $version into $tools (found: ${found:-none}), once"
  timed "$crate" install_tool "$crate" "$version" "$optimised"
  found=$(version_of "$program")
  [ "$found" = "$version" ] || give_up "$program is ${found:-still missing} after installing $version"
}

# Cargo's registry only: neither tool may fetch anything by itself, so they need no TLS of their own.
install_tool() {
  local crate=$1 version=$2 optimised=$3
  if have cargo-binstall; then
    cargo binstall --no-confirm --force --disable-strategies compile --root "$tools" "$crate@$version" && return
    say "there is no ready-made $crate to be had: building it"
  fi
  say "building $crate takes some minutes"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_OPT_LEVEL="$optimised" \
    cargo install --locked --force --root "$tools" --version "$version" --no-default-features "$crate"
}

# The tool that takes the console apart; it does not say its version, but cargo wrote it down.
setup_split() {
  grep -qs "^\"wasm_split_cli_support $split_version " "$tools/.crates.toml" && return
  say "installing wasm_split_cli_support $split_version into $tools, once"
  timed wasm_split_cli_support env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install --locked --force --root "$tools" --version "$split_version" wasm_split_cli_support --features build-binary
}

setup_rust() {
  have cargo || give_up "Rust is missing: install rustup (https://rustup.rs), then try again"
  have cc || give_up "a C compiler is missing: apt-get install build-essential, then try again"
  local target=wasm32-unknown-unknown folder
  folder=$(rustc --print target-libdir --target "$target")
  [ -d "$folder" ] && return
  have rustup || give_up "Rust's $target target is missing and there is no rustup to add it"
  say "adding Rust's $target target"
  timed "Rust's target" rustup target add "$target"
}

setup_node() {
  have node && have npm || give_up "Node 20 or newer with npm is missing: install it (https://nodejs.org), then try again"
  local major
  major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
  [ "$major" -ge 20 ] || give_up "Node $(node --version) is too old: 20 or newer is needed"
  cmp -s package-lock.json node_modules/.allclear-lock && return
  say "installing the Node packages of package-lock.json"
  timed "Node packages" npm ci --no-progress
  cp package-lock.json node_modules/.allclear-lock
}

chromium() { for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$name" ] && command -v "$name" && return; done; return 1; }

# Programs by apt-get, where there is one; otherwise the advice.
by_apt() {
  local advice=$1 as_root=()
  shift
  have apt-get || give_up "$advice"
  if [ "$(id -u)" -ne 0 ]; then
    have sudo && sudo -n true 2>/dev/null || give_up "$advice (apt-get install $*)"
    as_root=(sudo -n)
  fi
  say "installing $* by apt-get (what it starts as a service may be stopped again)"
  timed "apt-get update" "${as_root[@]}" apt-get update -qq
  timed "apt-get install" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends "$@"
}

setup_browser() {
  local driver=${CHROMEDRIVER:-chromedriver}
  chromium >/dev/null && have "$driver" && return
  local advice="install Chromium and chromedriver, or point CHROMIUM and CHROMEDRIVER to them, then try again"
  by_apt "$advice" chromium chromium-driver
  chromium >/dev/null && have "$driver" || give_up "apt-get brought no Chromium with a driver: $advice"
}

# Into a folder of their own: nothing of your Python changes.
setup_contract() {
  local wanted=tests/contract/requirements.txt folder=$tools/python-contract
  cmp -s "$wanted" "$folder/.allclear-requirements" && return
  python3 -m pip --version >/dev/null 2>&1 || by_apt "install Python 3 with pip, then try again" python3 python3-pip
  say "installing the Python packages of $wanted into $folder"
  rm -rf "$folder"
  timed "Python packages" env PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-deps \
    --target "$folder" --requirement "$wanted"
  cp "$wanted" "$folder/.allclear-requirements"
}

# Debian keeps nginx in a folder that is not on everybody's PATH.
export PATH="$PATH:/usr/sbin"

# nginx's own JavaScript, by which it looks into mails: a module of its own, or built in.
nginx_js() {
  local built
  built=$(nginx -V 2>&1)
  [ -f "$(sed -nE 's/.*--modules-path=([^ ]+).*/\1/p' <<<"$built")/ngx_http_js_module.so" ] || [[ $built == *njs* ]]
}

setup_edge() {
  have nginx && nginx_js && have caddy && have openssl && return
  local advice="install nginx with its JavaScript module (njs), Caddy and openssl, then try again"
  by_apt "$advice" nginx-light libnginx-mod-http-js caddy openssl
  have nginx && nginx_js && have caddy && have openssl || give_up "apt-get brought not all of them: $advice"
}

for part in "$@"; do
  case $part in
    build)
      setup_rust
      setup_node
      bindgen_version=$(locked wasm-bindgen)
      [ -n "$bindgen_version" ] || give_up "Cargo.lock names no wasm-bindgen"
      # Trunk copies files and starts cargo; wasm-bindgen works through megabytes.
      cargo_tool trunk trunk "$trunk_version" 0
      for program in wasm-bindgen wasm-bindgen-test-runner; do
        cargo_tool wasm-bindgen-cli "$program" "$bindgen_version" 1
      done
      ;;
    release) no_space; setup_split ;;
    browser) setup_browser ;;
    contract) setup_contract ;;
    edge) no_space; setup_edge ;;
    *) give_up "no such part: $part" ;;
  esac
done
