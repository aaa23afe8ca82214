#!/bin/sh
# What tests need of the system: PostgreSQL's server, a browser, and a font with Japanese signs for its screens.
# Installed only where that needs no question (root on Debian or Ubuntu); else it is said what is missing.
missing=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
find /usr/share/fonts -iname '*noto*cjk*' 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing for the tests:$missing …"
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing; } >/dev/null 2>&1 && exit 0
fi
echo "missing, their tests are skipped:$missing. To run them: apt-get install$missing"
