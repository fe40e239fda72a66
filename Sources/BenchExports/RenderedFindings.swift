/// A finding as a format writes it, once for all hosts that share it.
final class RenderedFinding<Note> {
  /// With gaps for what each host has for itself.
  let texts: [TextBuffer]
  let fingerprints: FingerprintTexts
  /// What the format keeps of the finding beside its texts.
  let note: Note

  init(_ texts: [TextBuffer], _ fingerprints: FingerprintTexts, _ note: Note) {
    self.texts = texts
    self.fingerprints = fingerprints
    self.note = note
  }
}

/// The findings that a format has written, so that each is put together once.
struct RenderedFindings<Note> {
  /// A finding is kept with its text: as long as it is there, no other one has its identity.
  private var known: [ObjectIdentifier: (finding: SharedFinding, rendered: RenderedFinding<Note>)] =
    [:]
  private var size = 0
  /// The bytes that are kept.
  private static var mostBytes: Int { 1 << 24 }

  /// A finding as it is written.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - render: Puts it together, if it is not known.
  /// - Returns: Its texts.
  mutating func of(
    _ finding: SharedFinding, _ render: (SharedFinding) -> RenderedFinding<Note>
  ) -> RenderedFinding<Note> {
    if let known = known[ObjectIdentifier(finding)] { return known.rendered }
    let rendered = render(finding)
    let size = rendered.texts.reduce(512) { $0 + $1.bytes.count + $1.gaps.count * 24 }
    self.size += size
    if self.size > Self.mostBytes { (known, self.size) = ([:], size) }
    known[ObjectIdentifier(finding)] = (finding, rendered)
    return rendered
  }
}
