#!/bin/sh
# make demo: the shipped samples into a ledger, then what they say of one call, and a claim set against them.
set -eu
communique=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ledger=$folder/demo.db
words() { for word; do case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac; done; }
run() { printf '\n$ communique%s\n' "$(words "$@")"; "$communique" "$@" --ledger "$ledger"; }

run read --samples
run contacts --between RUS USA
video=$("$communique" contacts --ledger "$ledger" --between RUS USA --channel video --json | sed -n '1s/^{"id": "\([^"]*\)".*/\1/p')
run compare "$video"
run agreements
run check "Putin and Biden held four telephone conversations in 2021"
