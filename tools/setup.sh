#!/usr/bin/env bash
# Installs what is missing, at pinned versions, and says so; says nothing when all is there.
#
#   tools/setup.sh build      Rust's wasm target, Trunk, wasm-bindgen, Node packages
#   tools/setup.sh browser    Chromium and its driver
#
# Trunk and wasm-bindgen go to a folder of our own ($TOOLS), so that yours stay as they are; those on PATH
# are used when their version is right.
set -euo pipefail
cd "$(dirname "$0")/.."

trunk_version=0.21.14
tools=${TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/allclear/tools}
export PATH="$tools/bin:$PATH"
unset NO_COLOR

say() { printf 'setup: %s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The version of a tool on PATH, or nothing.
version_of() { { "$1" --version 2>/dev/null || true; } | sed -nE '1s/^[^ ]+ ([0-9][^ ]*).*/\1/p'; }

# The version of a crate in Cargo.lock.
locked() { awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }

# A program from crates.io; its own speed does not matter here, the time to build it does.
cargo_tool() {
  local crate=$1 program=$2 version=$3 found
  found=$(version_of "$program")
  [ "$found" = "$version" ] && return
  say "installing $crate $version into $tools (found: ${found:-none}); this takes some minutes, once"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install --locked --force --root "$tools" --version "$version" "$crate"
  found=$(version_of "$program")
  [ "$found" = "$version" ] || give_up "$program is ${found:-still missing} after installing $version"
}

setup_rust() {
  have cargo || give_up "Rust is missing: install rustup (https://rustup.rs), then try again"
  local target=wasm32-unknown-unknown folder
  folder=$(rustc --print target-libdir --target "$target")
  [ -d "$folder" ] && return
  have rustup || give_up "Rust's $target target is missing and there is no rustup to add it"
  say "adding Rust's $target target"
  rustup target add "$target"
}

setup_node() {
  have node && have npm || give_up "Node 20 or newer with npm is missing: install it (https://nodejs.org), then try again"
  local major
  major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
  [ "$major" -ge 20 ] || give_up "Node $(node --version) is too old: 20 or newer is needed"
  cmp -s package-lock.json node_modules/.allclear-lock && return
  say "installing the Node packages of package-lock.json"
  npm ci --no-progress
  cp package-lock.json node_modules/.allclear-lock
}

chromium() { for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$name" ] && command -v "$name" && return; done; return 1; }

setup_browser() {
  local driver=${CHROMEDRIVER:-chromedriver} as_root=()
  chromium >/dev/null && have "$driver" && return
  local advice="install Chromium and chromedriver, or point CHROMIUM and CHROMEDRIVER to them, then try again"
  have apt-get || give_up "$advice"
  if [ "$(id -u)" -ne 0 ]; then
    have sudo && sudo -n true 2>/dev/null || give_up "$advice (apt-get install chromium chromium-driver)"
    as_root=(sudo -n)
  fi
  say "installing Chromium and its driver by apt-get"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium chromium-driver
  chromium >/dev/null && have "$driver" || give_up "apt-get brought no Chromium with a driver: $advice"
}

for part in "$@"; do
  case $part in
    build)
      setup_rust
      setup_node
      bindgen_version=$(locked wasm-bindgen)
      [ -n "$bindgen_version" ] || give_up "Cargo.lock names no wasm-bindgen"
      cargo_tool trunk trunk "$trunk_version"
      for program in wasm-bindgen wasm-bindgen-test-runner; do
        cargo_tool wasm-bindgen-cli "$program" "$bindgen_version"
      done
      ;;
    browser) setup_browser ;;
    *) give_up "no such part: $part" ;;
  esac
done
