#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of the packages up to date, so that the change of the surface is part of the diff under review.
#   eng/public-api.sh [PROJECT_FOLDER...]     all packages that have the file when none is named
# At a release, move the lines to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
  mapfile -t folders < <(git ls-files --cached --others --exclude-standard '*/PublicAPI.Unshipped.txt' | xargs -n1 dirname)
else
  folders=("$@")
fi

for folder in "${folders[@]}"; do
  unshipped="$folder/PublicAPI.Unshipped.txt"
  printf '#nullable enable\n' >"$unshipped"
  # One target framework is analysed; see eng/Sdk.targets.
  added=$(dotnet build "$folder" -f net10.0 --no-incremental -v q -p:TreatWarningsAsErrors=false -p:BuildProjectReferences=true 2>&1 |
    grep -F "/$folder/" | sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u)
  { printf '#nullable enable\n'; printf '%s\n' "$added"; } | sed '/^$/d' >"$unshipped"
  echo "$unshipped: $(($(wc -l <"$unshipped") - 1)) lines"
done
