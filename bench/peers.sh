#!/usr/bin/env bash
# Sends the same runs of 2 kB with this SDK, with OpenTelemetry .NET over OTLP and with the npm client, each in a process of its own, to a
# server of this repository, and prints what they cost and what arrived.
# Usage: bench/peers.sh [PACED_AND_LASTING_RUNS [BURST_RUNS [BURST_RUNS_OF_NPM]]]
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
with_dotnet() { bench "$1" --endpoint "$url" --load "$2" --project "$2-$1" --runs "$3" --flush-every "$4"; }
with_npm() { node bench/Sdk/Peers/node/send.mjs "$url" "$1" "$1-npm" "$2" "$3"; }

for load in Paced Lasting; do
  send "$load-1" "$paced" 400 with_dotnet langsmith "$load"
  send "$load-2" "$paced" 400 with_dotnet otel "$load"
  send "$load-3" "$paced" 400 with_npm "$load"
done
send Burst-1 "$burst" 0 with_dotnet langsmith Burst
send Burst-2 "$burst" 0 with_dotnet otel Burst
send Burst-3 "$burst_npm" 0 with_npm Burst

bench machine
echo
bench table "$work/results" --endpoint "$url"
