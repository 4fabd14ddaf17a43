#!/usr/bin/env bash
# Assesses: annotations and a summary for reviewers, the result and SARIF in
# files. Ends with the exit code of ksdev.
set -euo pipefail

source "${BASH_SOURCE[0]%/*}/arguments.sh"
readonly result=$FOLDER/result.json sarif=$FOLDER/result.sarif
while IFS= read -r names; do
	names=${names%$'\r'}
	if [ -n "$names" ]; then arguments=("--fail-on=$names" "${arguments[@]}"); fi
done <<<"$INPUT_FAIL_ON"

code=0
"$FOLDER/ksdev" assess -f github -f "json=$result" -f "sarif=$sarif" "${arguments[@]}" </dev/null || code=$?

printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
if [ -f "$result" ]; then printf 'result=%s\n' "$result" >>"$GITHUB_OUTPUT"; fi
if [ -f "$sarif" ]; then printf 'sarif=%s\n' "$sarif" >>"$GITHUB_OUTPUT"; fi
exit "$code"
