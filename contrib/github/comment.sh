#!/bin/sh
# Posts what the gate says as a comment on a pull request, or renews the comment that it posted before.
#   comment.sh NUMBER [words for benchtrail gate, such as --host web-1]
# Takes GITHUB_TOKEN and GITHUB_REPOSITORY (owner/name), and GITHUB_API_URL where that is not GitHub's own. Needs curl
# and jq. The gate's exit code is not passed on: the gate has a step of its own.
set -eu
number=${1:?'the number of the pull request is missing'}
shift
: "${GITHUB_TOKEN:?}" "${GITHUB_REPOSITORY:?}"
api=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/issues
marker='<!-- benchtrail gate -->'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

code=0
"${BENCHTRAIL:-benchtrail}" gate --format markdown "$@" > "$work/report.md" || code=$?
# 1 is a gate that failed, 3 one that has nothing to compare with; anything else has no report.
case $code in
  0 | 1 | 3) ;;
  *) exit "$code" ;;
esac
# A comment has room for 65,536 characters. Only whole lines are taken.
awk -v marker="$marker" '
  BEGIN { print marker; left = 60000 }
  { left -= length($0) + 1 }
  left < 0 { print "\nThe rest is left out: it does not fit into a comment."; exit }
  { print }' "$work/report.md" | jq --raw-input --slurp '{ body: . }' > "$work/comment.json"

# The token is not among the words of a command, where other users of the machine could see it.
call() {
  printf 'Authorization: Bearer %s\n' "$GITHUB_TOKEN" | curl --silent --show-error --fail \
    --header @- --header 'Accept: application/vnd.github+json' "$@"
}

page=1
id=
while [ -z "$id" ]; do
  call "$api/$number/comments?per_page=100&page=$page" > "$work/comments.json"
  id=$(jq --raw-output --arg marker "$marker" \
    'map(select(.body | startswith($marker))) | first | .id // empty' "$work/comments.json")
  [ "$(jq length "$work/comments.json")" -eq 100 ] || break
  page=$((page + 1))
done

if [ -n "$id" ]; then
  call --request PATCH --data @"$work/comment.json" "$api/comments/$id" > /dev/null
else
  call --request POST --data @"$work/comment.json" "$api/$number/comments" > /dev/null
fi
