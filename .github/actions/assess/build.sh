#!/usr/bin/env bash
# Builds ksdev from the checkout that this action lies in, into a new folder.
set -euo pipefail

folder=$(mktemp -d "$RUNNER_TEMP/ksdev.XXXXXX")
cd "$GITHUB_ACTION_PATH/../../.."
# The checkout need not be a git repository; a workspace of the caller's around
# it is none of its business.
GOWORK=off go build -trimpath -buildvcs=false -o "$folder/" ./cmd/ksdev
printf 'folder=%s\n' "$folder" >>"$GITHUB_OUTPUT"
