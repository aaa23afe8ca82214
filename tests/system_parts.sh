#!/bin/sh
# PostgreSQL's server binaries, for the tests that start a real one. Installed only where that needs no question.
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing PostgreSQL's server for the tests …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } >/dev/null 2>&1 && exit 0
fi
echo "PostgreSQL's server is missing; its tests are skipped. To run them: apt-get install postgresql"
