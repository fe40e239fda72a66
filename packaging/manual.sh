# Writes a man page for each command from its help text, and copies those that are written by hand. Takes the binary's
# path and a folder.
set -eu
benchtrail=$1
folder=$2
texts=$(dirname "$0")/../docs/man
# So wide that no line of the help is folded.
export COLUMNS=10000
version=$("$benchtrail" --version)

# Takes the words of a command, none for the whole. The commands below it are written too.
page() {
  name=$(printf '%s' "benchtrail $*" | sed 's/ *$//; s/ /-/g')
  "$benchtrail" help "$@" | awk -v name="$name" -v version="$version" \
    -v sections="$texts/sections.man" '
    function plain(text) {
      gsub(/\\/, "\\e", text)
      gsub(/-/, "\\-", text)
      gsub(/\047/, "\\(aq", text)
      gsub(/~/, "\\(ti", text)
      gsub(/\^/, "\\(ha", text)
      gsub(/`/, "\\(ga", text)
      return text
    }
    function put(text) { print (text ~ /^[.]/ ? "\\\\&" : "") plain(text) }
    function section(title) {
      if (title != heading) print ".SH " title
      heading = title
    }
    function entry(label, text) {
      print ".TP"
      if (part == "SUBCOMMANDS") {
        # Other names of the command stand behind a comma.
        also = label
        if (sub(/^[^,]*, /, "", also)) text = text " Also called " also "."
        sub(/,.*/, "", label)
        print ".BR " plain(name "-" label) " (1)"
      } else {
        print ".B " plain(label)
      }
      if (text != "") put(text)
    }
    BEGIN { print ".TH \"" toupper(plain(name)) "\" 1 \"\" \"benchtrail " version "\" \"BenchTrail\"" }
    /^OVERVIEW: / {
      section("NAME")
      print plain(name) " \\- " plain(substr($0, 11))
      part = "OVERVIEW"
      next
    }
    /^USAGE: / {
      usage = substr($0, 8)
      section("SYNOPSIS")
      put(usage)
      part = "USAGE"
      for (line = 1; line <= lines; line++) describe(text[line])
      next
    }
    /^[A-Z]+:$/ {
      part = substr($0, 1, length($0) - 1)
      section(part == "SUBCOMMANDS" ? "COMMANDS" : part)
      next
    }
    # The description stands before the usage and is printed behind it, as in any man page.
    part == "OVERVIEW" { text[++lines] = $0; next }
    part == "USAGE" || /^ *$/ || /^  See \047/ { next }
    /^  [^ ]/ {
      line = substr($0, 3)
      gap = index(line, "  ")
      if (gap == 0 && substr($0, 26, 1) == " " && substr($0, 27, 1) != "<") gap = 24
      if (gap == 0) { entry(line, "") } else {
        rest = substr(line, gap)
        sub(/^ +/, "", rest)
        entry(substr(line, 1, gap - 1), rest)
      }
      next
    }
    { sub(/^ +/, ""); put($0) }
    function describe(line) {
      if (line == "") {
        in_example = 0
        is_new = 1
      } else if (line == "Example:") {
        in_example = 1
      } else if (in_example) {
        sub(/^ +/, "", line)
        example[++examples] = line
      } else if (line !~ /^Exit codes: /) {
        if (heading != "DESCRIPTION") section("DESCRIPTION"); else if (is_new) print ".PP"
        is_new = 0
        put(line)
      }
    }
    END {
      while ((getline line < sections) > 0) print line
      heading = ""
      if (examples > 0) {
        section("EXAMPLES")
        print ".EX"
        for (line = 1; line <= examples; line++) put(example[line])
        print ".EE"
      }
      section("SEE ALSO")
      parent = name
      if (sub(/-[a-z]+$/, "", parent)) print ".BR " plain(parent) " (1),"
      print ".BR benchtrail.yaml (5)"
    }' > "$folder/$name.1"
  for subcommand in $("$benchtrail" help "$@" \
    | sed -n '/^SUBCOMMANDS:$/,$ s/^  \([a-z][a-z-]*\)\(, [a-z, -]*\)\{0,1\}  .*/\1/p'); do
    page "$@" "$subcommand"
  done
}

page
cp "$texts"/*.[1-8] "$folder"
