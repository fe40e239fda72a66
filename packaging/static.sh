# Links the objects of the release build once more, with no library left to the system: static.sh FOLDER puts it into FOLDER.
# SwiftPM has no flag for that which would not compile all of it anew.
set -eu
objects=.build/release/benchtrail.product/Objects.LinkFileList
mkdir -p "$1"
# SwiftPM calls the main function by the target's name. The linker warns of what SQLite could
# load at run time; nothing here asks it to.
swiftc -static-executable -emit-executable -use-ld=gold -o "$1/benchtrail" \
  -Xlinker --gc-sections -Xlinker --defsym=main=benchtrail_main \
  "@$objects" -lsqlite3 -lz -lnettle -lzstd 2> "$1/log" || { cat "$1/log" >&2; exit 1; }
rm "$1/log"
