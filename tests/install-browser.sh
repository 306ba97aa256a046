#!/bin/sh
# The browser tests drive Debian's Chromium; where it cannot be installed they are skipped with a reason.
set -u
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
command -v chromium >/dev/null || echo "No Chromium here: the browser tests will be skipped."
exit 0
