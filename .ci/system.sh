#!/bin/sh
# Programs that some tests really run. Installed where this machine lets us; where not, those tests skip and say so.
set -u
missing=""
find_any() { for name in "$@"; do command -v "$name" >/dev/null 2>&1 && return 0; done; return 1; }
find_any chromium chromium-browser google-chrome || missing="$missing chromium"
{ find_any initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; } || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! find_any apt-get; then
  echo "not installed here, tests that need them skip:$missing" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get install -y -q --no-install-recommends $missing || { apt-get update -q && apt-get install -y -q --no-install-recommends $missing; }; } >/dev/null 2>&1 ||
  echo "could not be installed, tests that need them skip:$missing" >&2
