/// How policies' texts change when a waiver is added: below each name the lines as a comparison shows them, with a sign
/// before those that are new or gone.
enum PolicyShapes {
  /// A name with the lines below it.
  struct Shape {
    var name: String
    /// Each with `+`, `-` or a blank before it; an empty line stays.
    var lines: [String]

    var old: String { Self.text(lines.filter { !$0.hasPrefix("+") }) }
    var new: String { Self.text(lines.filter { !$0.hasPrefix("-") }) }
    var removed: [String] { lines.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) } }
    var added: [String] { lines.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) } }

    private static func text(_ lines: [String]) -> String {
      lines.map { $0.dropFirst() + "\n" }.joined()
    }
  }

  /// All shapes.
  static let all: [Shape] = {
    var shapes: [Shape] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("== ") {
        shapes.append(Shape(name: String(line.dropFirst(3)), lines: []))
      } else {
        shapes[shapes.count - 1].lines.append(line)
      }
    }
    return shapes
  }()

  private static let text = #"""
    == an empty file
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == a file of one blank line

    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == a file of comments
     # Nothing is accepted here.
    +
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == the beginning of a document
     ---
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == a document of nothing
     ---
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     ...
    == another key
     version: 1
    +
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == another key and blank lines
     version: 1


    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == the end of a document
     version: 1
    +
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     ...
     # The end.
    == a key without a value
     waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == a key with a comment
     waivers: # none yet
       # of the lab
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     # The rest.
     version: 1
    == null
    -waivers: null # none yet
    +waivers: # none yet
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == a tilde
    -waivers: ~
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == empty brackets
    -waivers: []
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == empty brackets and a comment
    -waivers: [ ]  # none yet
    +waivers:  # none yet
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == empty brackets below
     waivers:
    -  []
    +
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == a list
     waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == a list and a key behind it
     waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15

     # How it is judged.
     gate:
       severity: high
    == dashes at the beginning
     waivers:
     - control: daemon-icc-disabled
       reason: x
       owner: o
    +- control: image-user-created
    +  reason: "r: x"
    +  owner: o
    +  accepted: 2026-01-15
     # The rest.
     version: 1
    == four blanks
     waivers:
         - control: daemon-icc-disabled
           reason: x
           owner: o
    +    - control: image-user-created
    +      reason: "r: x"
    +      owner: o
    +      accepted: 2026-01-15
    == wide gaps
     waivers:
         -   control: daemon-icc-disabled
             reason: x
             owner: o
    +    -   control: image-user-created
    +        reason: "r: x"
    +        owner: o
    +        accepted: 2026-01-15
     version: 1
    == a dash alone
     waivers:
       -
         control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == entries that blank lines part
     waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o

       - control: daemon-userns-remap
         reason: x
         owner: o

    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    +
     version: 1
    == entries that comments part
     waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o

       # The old kernel.
       - control: daemon-userns-remap
         reason: x
         owner: o
    +
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == comments within
     waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o
         # To be looked at in June.

       # - control: host-partition
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15

     # The rest.
     version: 1
    == a block of text with a hash
     waivers:
       - control: daemon-icc-disabled
         owner: o
         reason: |
           First.
           # second
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15

     version: 1
    == a block of text with its blank lines
     waivers:
       - control: daemon-icc-disabled
         owner: o
         reason: |+
           First.

     # The rest.
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == a text on two lines
     waivers:
       - control: daemon-icc-disabled
         owner: o
         reason: "one
           two"
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15

     version: 1
    == entries in braces
     waivers:
       - {control: daemon-icc-disabled, reason: x, owner: o}
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == quoted keys
     "version": 1
     "waivers":
       - control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == an announced key
     ? waivers
     : - control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
     version: 1
    == an indented file
       version: 1
       waivers:
       - control: daemon-icc-disabled
         reason: x
         owner: o
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == another list with its dashes
     attestations:
     - control: host-hardened
       decision: pass
       by: me
       reason: x
    +
    +waivers:
    +- control: image-user-created
    +  reason: "r: x"
    +  owner: o
    +  accepted: 2026-01-15
    == keys of four blanks
     gate:
         severity: high
    +
    +waivers:
    +    - control: image-user-created
    +      reason: "r: x"
    +      owner: o
    +      accepted: 2026-01-15
    == a commented example
     # Accepted risks.
     #waivers:
     #  - control: host-partition
     #    owner: o

    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    +
     # How it is judged.
     gate:
       severity: high
    == a block of text at the end
     version: 1
     hosts:
       from: |+
         {host}.log

    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    == a block of text without a blank line
     version: 1
     hosts:
       from: |+
         {host}.log
    +waivers:
    +  - control: image-user-created
    +    reason: "r: x"
    +    owner: o
    +    accepted: 2026-01-15
    """#
}
