# shellcheck shell=bash
# Reads the inputs that all commands share into the list "arguments". A value is
# joined to its flag and paths come after "--", so that none is taken for a flag.
arguments=(--color=never)
if [ -n "$INPUT_STRATEGY" ]; then arguments+=("--strategy=$INPUT_STRATEGY"); fi
if [ -n "$INPUT_LANGUAGE" ]; then arguments+=("--lang=$INPUT_LANGUAGE"); fi
arguments+=(--)
while IFS= read -r path; do
	path=${path%$'\r'}
	if [ -n "$path" ]; then arguments+=("$path"); fi
done <<<"$INPUT_PATHS"
