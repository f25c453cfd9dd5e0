#!/usr/bin/env bash
# Makes the pictures of docs/pages.md: runs the journeys that leave them, and takes the few that the page shows.
# Needs Chromium; pngquant makes the files smaller when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

pictures=$(mktemp -d)
trap 'rm -rf "$pictures"' EXIT
SCREENSHOTS="$pictures" dotnet run --project tests/Web.Journeys -- \
  --filter-method '*Trace_OfAnAgent*' --filter-method '*Peek_*' --filter-method '*Compare_TwoChosenRows*' --filter-method '*Identity_OfAConflict*' \
  --filter-method '*PageJourneys.Page_InBothThemesAndNarrow*' --filter-method '*UnknownRun_*'

mkdir -p docs/images
take() { cp "$pictures/$1.png" "docs/images/$2.png"; }
take trace-light trace
take peek-dark runs
take identity-conflict identity
take compare-light compare
take dashboard-1280-dark dashboard
take waiting-light waiting
if command -v pngquant >/dev/null; then pngquant --force --ext .png --quality 60-90 docs/images/*.png; fi
du -ch docs/images/*.png | tail -1
