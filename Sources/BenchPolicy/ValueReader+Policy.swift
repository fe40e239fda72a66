import BenchAnalysis
import BenchCatalog
import BenchModel

extension ValueReader {
  /// The version of the format that is read.
  private static let version = "1"
  /// The most days that a run may be old, a hundred years: more would be no threshold.
  private static let dayLimit = 36_525

  /// Reads a whole file.
  mutating func read(_ root: Value, into policy: inout Policy) {
    let known = self
    let fields = fields(root, of: nil, by: FileKey.self)
    if let field = fields[.version], let text = text(field), text != Self.version {
      // Nothing else that a later version has is an error of the file.
      self = known
      report(.otherVersion(text), at: field.value.place)
      return
    }
    if let field = fields[.severities] { policy.severities = severities(field) }
    if let field = fields[.stride] { policy.stride = categories(field) }
    if let field = fields[.fixes] { policy.fixValues = fixValues(field) }
    if let field = fields[.hosts] { hosts(field, into: &policy) }
    if let field = fields[.gate] { policy.thresholds = thresholds(field) }
    if let field = fields[.waivers] {
      policy.waivers = entries(field).flatMap { waivers($0, of: field.name) }
    }
    if let field = fields[.attestations] {
      policy.attestations = entries(field).flatMap { attestations($0, of: field.name) }
    }
    threatModel(fields[.threatModel], fields[.threats], into: &policy)
  }

  // MARK: Waivers and attestations

  private mutating func waivers(_ entry: Value, of key: String) -> [Waiver] {
    guard let fields = entryFields(entry, of: key, by: WaiverKey.self) else { return [] }
    let subjects = subjects(fields, in: entry)
    let hosts = globs(fields[.hosts])
    let items = globs(fields[.items])
    let reason = text(fields[.reason], required: "reason", in: entry)
    let owner = text(fields[.owner], required: "owner", in: entry)
    let ticket = fields[.ticket].map { text($0) }
    let time = time(from: fields[.accepted], to: fields[.expires])
    guard let hosts, let items, let reason, let owner, ticket != .some(nil), let time else {
      return []
    }
    return subjects.map {
      Waiver(
        coverage: Coverage($0, hosts: hosts), items: items, reason: reason, owner: owner,
        ticket: ticket ?? nil, end: time.end, accepted: time.accepted, line: entry.place.line)
    }
  }

  /// What a waiver is about: several things only where it lists controls.
  private mutating func subjects(_ fields: [WaiverKey: Field], in entry: Value) -> [Coverage
    .Subject]
  {
    let given = WaiverKey.subjects.compactMap { fields[$0] }
    guard given.count < 2 else {
      report(.severalSubjects(given.map(\.name)), at: entry.place)
      return []
    }
    if let field = fields[.control] { return controls(field).map { .control($0) } }
    if let field = fields[.stride] {
      return text(field).flatMap { category($0, of: field.name, at: field.value.place) }
        .map { [.stride($0)] } ?? []
    }
    if let field = fields[.severity] { return severity(field).map { [.severity($0)] } ?? [] }
    report(.missingSubject, at: entry.place)
    return []
  }

  private mutating func attestations(_ entry: Value, of key: String) -> [Attestation] {
    guard let fields = entryFields(entry, of: key, by: AttestationKey.self) else { return [] }
    var controls: [ControlID] = []
    if let field = fields[.control] {
      controls = self.controls(field)
    } else {
      report(.missingKey("control"), at: entry.place)
    }
    let hosts = globs(fields[.hosts])
    let decision = decision(fields[.decision], in: entry)
    let by = text(fields[.by], required: "by", in: entry)
    let reason = text(fields[.reason], required: "reason", in: entry)
    let time = time(from: fields[.accepted], to: fields[.until])
    guard let hosts, let decision, let by, let reason, let time else { return [] }
    return controls.map {
      Attestation(
        coverage: Coverage(.control($0), hosts: hosts), decision: decision, by: by, reason: reason,
        end: time.end, accepted: time.accepted, line: entry.place.line)
    }
  }

  private mutating func decision(_ field: Field?, in entry: Value) -> Outcome? {
    guard let field, let text = text(field, required: "decision", in: entry) else {
      if field == nil { report(.missingKey("decision"), at: entry.place) }
      return nil
    }
    let decisions = [Outcome.pass, .fail, .notApplicable]
    return word(
      text, of: field.name, at: field.value.place, expected: decisions.map(\.name)
    ) { word in decisions.first { $0.name == word } }
  }

  /// The fields of an entry of a list; nil if it is no mapping.
  mutating func entryFields<Key: PolicyKey>(_ entry: Value, of key: String, by: Key.Type)
    -> [Key: Field]?
  {
    guard case .mapping = entry.content else {
      report(.wrongType(key: key, expected: .mapping, found: entry.found), at: entry.place)
      return nil
    }
    return fields(entry, of: key, by: by)
  }

  /// The patterns of a field; empty without one.
  private mutating func globs(_ field: Field?) -> [Glob]? {
    guard let field else { return [] }
    return texts(field)?.map { Glob($0.text) }
  }

  // MARK: Names of the catalogue

  mutating func controls(_ field: Field) -> [ControlID] {
    (texts(field) ?? []).compactMap { isKnown($0.text, at: $0.place) ? $0.text : nil }
  }

  /// Whether there is such a control; tells the error if not.
  mutating func isKnown(_ control: String, at place: PolicyError.Place) -> Bool {
    let catalog = catalog
    if catalog.controls.control(control) != nil { return true }
    report(.unknownControl(PolicyError.UnknownControl(name: control, catalog)), at: place)
    return false
  }

  mutating func severity(_ field: Field) -> Severity? {
    guard let text = text(field) else { return nil }
    return word(
      text, of: field.name, at: field.value.place, expected: Severity.descending.map(\.name)
    ) { Severity(name: $0) }
  }

  mutating func category(_ text: String, of key: String, at place: PolicyError.Place)
    -> Stride?
  {
    word(text, of: key, at: place, expected: Stride.allCases.map(\.name)) { Stride(name: $0) }
  }

  private mutating func severities(_ field: Field) -> [ControlID: Severity] {
    var severities: [ControlID: Severity] = [:]
    for member in members(field.value, of: field.name) {
      let isKnown = isKnown(member.key, at: member.place)
      let severity = severity(Field(name: member.key, value: member.value))
      if isKnown { severities[member.key] = severity }
    }
    return severities
  }

  private mutating func categories(_ field: Field) -> [ControlID: [Stride]] {
    var categories: [ControlID: [Stride]] = [:]
    for member in members(field.value, of: field.name) {
      let isKnown = isKnown(member.key, at: member.place)
      let texts = texts(Field(name: member.key, value: member.value)) ?? []
      let read = texts.compactMap { category($0.text, of: field.name, at: $0.place) }
      if isKnown, !read.isEmpty { categories[member.key] = read }
    }
    return categories
  }

  private mutating func fixValues(_ field: Field) -> [String: String] {
    let known = catalog.advice.fixes.map(\.id)
    var values: [String: String] = [:]
    for member in members(field.value, of: field.name) {
      guard known.contains(member.key) else {
        report(
          .unknownKey(member.key, near: Spelling.nearest(to: member.key, in: known).first),
          at: member.place)
        continue
      }
      values[member.key] = text(Field(name: member.key, value: member.value))
    }
    return values
  }

  // MARK: Gate and hosts

  private mutating func thresholds(_ field: Field) -> Thresholds {
    let fields = fields(field.value, of: field.name, by: GateKey.self)
    var thresholds = Thresholds()
    thresholds.newFailures = fields[.newFailures].flatMap { boolean($0) } ?? false
    thresholds.severity = fields[.severity].flatMap { severity($0) }
    thresholds.compliance = fields[.compliance].flatMap { number($0, least: 0, most: 100) }
    thresholds.unmapped = fields[.unmapped].flatMap { boolean($0) } ?? false
    thresholds.incomplete = fields[.incomplete].flatMap { boolean($0) } ?? false
    thresholds.staleDays = fields[.staleDays].flatMap {
      wholeNumber($0, least: 0, most: Self.dayLimit)
    }
    thresholds.lapsedAttestations = fields[.lapsedAttestations].flatMap { boolean($0) } ?? false
    if let field = fields[.firstRun], let text = text(field) {
      thresholds.firstRun =
        word(
          text, of: field.name, at: field.value.place, expected: FirstRun.allCases.map(\.rawValue)
        ) { FirstRun(rawValue: $0) } ?? .report
    }
    if let counts = fields[.counts] {
      for member in members(counts.value, of: counts.name) {
        let severity = word(
          member.key, of: counts.name, at: member.place,
          expected: Severity.descending.map(\.name)
        ) { Severity(name: $0) }
        let most = wholeNumber(Field(name: member.key, value: member.value), least: 0)
        if let severity { thresholds.counts[severity] = most }
      }
    }
    return thresholds
  }

  private mutating func hosts(_ field: Field, into policy: inout Policy) {
    let fields = fields(field.value, of: field.name, by: HostKey.self)
    if let field = fields[.from], let text = text(field) {
      let parts = text.utf8.split(separator: "{host}".utf8, omittingEmptySubsequences: false)
      if parts.count == 2 {
        policy.hostFrom = text
      } else {
        report(.badHostPattern(text), at: field.value.place)
      }
    }
    guard let field = fields[.rename] else { return }
    let members = members(field.value, of: field.name)
    let old = Set(members.map(\.key))
    for member in members {
      guard let name = text(Field(name: member.key, value: member.value)) else { continue }
      if old.contains(name) {
        // One step or all of them: a reader could not tell, and in a circle there is no last one.
        report(.renamedAgain(member.key, to: name), at: member.value.place)
      } else {
        policy.renames[member.key] = name
      }
    }
  }
}
