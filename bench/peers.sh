#!/usr/bin/env bash
# Sends the same runs of 2 kB with this SDK, with OpenTelemetry .NET over OTLP and with the npm client, each in a process of its own, to a
# server of this repository, and prints what they cost and what arrived.
# Usage: bench/peers.sh [PACED_RUNS [BURST_RUNS [BURST_RUNS_OF_NPM]]]
set -euo pipefail
cd "$(dirname "$0")/.."
readonly paced="${1:-20000}" burst="${2:-200000}" burst_npm="${3:-$burst}"
readonly work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT

dotnet build bench/Sdk -c Release -v quiet --nologo >&2
dotnet build src/Server/Host -c Release -v quiet --nologo >&2
npm ci --prefix bench/Sdk/Peers/node --no-audit --no-fund --silent >&2

dotnet src/Server/Host/bin/Release/net10.0/LangSmith.Server.dll --urls http://127.0.0.1:0 --data "$work/data" >"$work/server.log" 2>&1 &
server=$!
until url=$(grep -om1 'http://127.0.0.1:[0-9]*' "$work/server.log"); do
  kill -0 "$server" || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.2
done

mkdir "$work/results"
bench() { dotnet bench/Sdk/bin/Release/net10.0/LangSmith.Sdk.Bench.dll "$@"; }
send() { # NAME RUNS FLUSH_EVERY COMMAND...
  local name="$1" runs="$2" every="$3"
  shift 3
  echo "$name ($runs runs)" >&2
  "$@" "$runs" "$every" >"$work/results/$name.json"
}
with_dotnet() { bench "$1" --endpoint "$url" --project "$2" --runs "$3" --flush-every "$4"; }
with_npm() { node bench/Sdk/Peers/node/send.mjs "$url" "$1" "$2" "$3"; }

send 1-paced-langsmith "$paced" 400 with_dotnet langsmith paced-langsmith
send 2-paced-otel "$paced" 400 with_dotnet otel paced-otel
send 3-paced-npm "$paced" 400 with_npm paced-npm
send 4-burst-langsmith "$burst" 0 with_dotnet langsmith burst-langsmith
send 5-burst-otel "$burst" 0 with_dotnet otel burst-otel
send 6-burst-npm "$burst_npm" 0 with_npm burst-npm

bench machine
echo
bench table "$work/results" --endpoint "$url"
