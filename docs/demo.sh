# What `make demo` shows: what the sample shop owes on a day, how one promise was kept, what a customer may have, how a
# complaint went, what is to be ordered, which goods fail, and where the shop fell short.
# usage: BIN=.venv/bin sh docs/demo.sh FOLDER DAY
set -eu
shop=$1
export AFTERCARE_TODAY=$2
# The sample shop speaks Chinese; whoever looks at it is answered in the language of their own terminal.
case ${LC_ALL:-${LANG:-}} in zh*) speak=zh ;; *) speak=en ;; esac
export AFTERCARE_LANG="${AFTERCARE_LANG:-$speak}"
tell() { printf '\n$ aftercare %s\n' "$*"; "$BIN/aftercare" -C "$shop" "$@"; }
tell due --limit 12
tell balance --period 2026
tell promise show "$("$BIN/aftercare" -C "$shop" promise list --what deliver --state kept --format ids --limit 1)"
tell claim check CL26-0023
tell complaint progress CO26-0007
tell part stock --reorder
tell quality --per batch --product YS-18
# It ends with 1 since it finds something.
tell check claims || [ $? -eq 1 ]
