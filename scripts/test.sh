#!/usr/bin/env bash
# Builds everything, runs every test and shows the line coverage of the library. The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/install-prerequisites.sh
results=artifacts/test-results
rm -rf "$results"
dotnet tool restore
dotnet build OneStep.slnx -c Release

# Counting lines slows kernels down many times over, so the long comparisons with published figures and the runs of the real
# program go without; the library's lines are covered by the others alone.
status=0
test_project() { dotnet test "$1" -c Release --no-build --logger trx --results-directory "$results" "${@:2}" || status=$?; }
test_project tests/OneStep.Tests --filter 'Category!=Oracle' --settings tests/coverage.runsettings --collect "XPlat Code Coverage"
test_project tests/OneStep.Tests --filter 'Category=Oracle'
test_project tests/OneStep.EndToEnd

dotnet reportgenerator "-reports:$results/*/coverage.cobertura.xml" "-targetdir:$results/coverage" \
  "-reporttypes:TextSummary;Html" "-assemblyfilters:+OneStep" "-verbosity:Warning"
sed -n '/Line coverage/p;/Covered lines/p;/Coverable lines/p' "$results/coverage/Summary.txt"
coverage=$(sed -n 's/.*Line coverage: \([0-9.]*\)%.*/\1/p' "$results/coverage/Summary.txt")
if ! awk -v coverage="$coverage" 'BEGIN { exit !(coverage >= 90) }'; then
  echo "The tests cover $coverage % of the library's lines; at least 90 % are asked for." >&2
  status=1
fi

# One .trx file a run; each has one line of counters.
cat "$results"/*.trx | awk '
  match($0, /<Counters [^>]*>/) {
    counters = substr($0, RSTART, RLENGTH)
    total += value("total"); passed += value("passed"); failed += value("failed") + value("error") + value("timeout") + value("aborted")
  }
  function value(name) {
    return match(counters, " " name "=\"[0-9]+\"") ? substr(counters, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
  }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, total - passed - failed }'
exit $status
