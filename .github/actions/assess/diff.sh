#!/usr/bin/env bash
# Compares with the same files in another revision, into the log and the summary.
# Ends with the exit code of ksdev; the output exit-code is the weightier one of
# this and of the assessment's.
set -euo pipefail

source "${BASH_SOURCE[0]%/*}/arguments.sh"
readonly report=$FOLDER/diff.md

# weight swaps 2 and 3, as wrong usage weighs more than input that cannot be read.
weight() {
	case $1 in
	2) echo 3 ;;
	3) echo 2 ;;
	*) echo "$1" ;;
	esac
}

code=0
"$FOLDER/ksdev" diff "--base=$INPUT_BASE" --fail-on=worse -f markdown -o "$report" "${arguments[@]}" </dev/null || code=$?
if [ -f "$report" ]; then tee -a "$GITHUB_STEP_SUMMARY" <"$report"; fi

first=$(weight "$ASSESS_EXIT_CODE")
second=$(weight "$code")
printf 'exit-code=%s\n' "$(weight "$((first > second ? first : second))")" >>"$GITHUB_OUTPUT"
exit "$code"
