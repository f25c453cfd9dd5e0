#!/usr/bin/env bash
# Installs what is missing, builds the solution once, runs every test, and ends with one line of counts.
# Needs the .NET 10 SDK and Node.js 20. Debian packages are installed only when run as root.
set -euo pipefail
cd "$(dirname "$0")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
# Workers and the compiler server that outlive a build would hold this script's output open: nothing is reused after it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

readonly configuration="${CONFIGURATION:-Debug}"
readonly logs=artifacts/logs
mkdir -p "$logs"

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

# Runs a command quietly; shows what it said only when it fails.
quietly() {
  local log="$logs/$1.log"
  shift
  "$@" >"$log" 2>&1 </dev/null || {
    cat "$log"
    echo "FAILED: $*"
    return 1
  }
}

install_missing() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)                   # journeys through the pages
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)                   # linking the native AOT test app
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-update apt-get update
    quietly apt-install apt-get install -y --no-install-recommends "${missing[@]}"
  else
    echo "Not root: install yourself what tests need: ${missing[*]}"
  fi
}

install_node_packages() {
  local lock
  for lock in $(find tests -name node_modules -prune -o -name package-lock.json -print | sort); do
    local folder
    folder=$(dirname "$lock")
    if [ ! -e "$folder/node_modules/.package-lock.json" ] || [ "$lock" -nt "$folder/node_modules/.package-lock.json" ]; then
      quietly "npm-$(basename "$folder")" npm ci --prefix "$folder" --no-audit --no-fund
    fi
  done
}

step "install"
install_missing
install_node_packages

step "build"
quietly build dotnet build LangSmith.slnx --configuration "$configuration" --verbosity quiet --nologo

# What follows is judged together: one red step does not hide the next.
broken=0

step "format"
quietly format dotnet format whitespace . --folder --verify-no-changes || broken=$((broken + 1))

step "pack"
rm -rf artifacts/packages
quietly pack dotnet pack LangSmith.slnx --configuration "$configuration" --no-build --output artifacts/packages --verbosity quiet --nologo \
  || broken=$((broken + 1))

step "test"
status=0
dotnet test --solution LangSmith.slnx --configuration "$configuration" --no-build --no-progress --no-ansi \
  >"$logs/test.log" 2>&1 </dev/null || status=$?
grep -vE '^\s*$' "$logs/test.log" || true

count() { sed -nE "s/^ *$1: ([0-9]+)\$/\1/p" "$logs/test.log" | tail -1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
step "done"
# A module that dies without results adds nothing to the sums: the exit code knows better.
if [ "$status" != 0 ] && [ "${failed:-0}" = 0 ]; then
  failed=1
fi
failed=$((${failed:-0} + broken))
echo "${passed:-0} passed, $failed failed, ${skipped:-0} skipped"
[ "$failed" = 0 ] && [ "${passed:-0}" -gt 0 ]
