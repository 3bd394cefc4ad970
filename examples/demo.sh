#!/bin/sh
# make demo: the shipped samples into a ledger, then three questions.
set -eu
communique=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ledger=$folder/demo.db
run() { printf '\n$ communique %s\n' "$*"; "$communique" "$@" --ledger "$ledger"; }

run read "$("$communique" read --samples)"
run contacts --between RUS USA
first=$("$communique" contacts --ledger "$ledger" --between RUS USA --channel video --json | sed -n '1s/.*"id": "\([^"]*\)".*/\1/p')
run compare "$first"
run check "Putin and Biden held four telephone conversations in 2021"
