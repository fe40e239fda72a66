import BenchAnalysis
import BenchCatalog
import BenchHistory
import BenchModel

/// A finding in BenchTrail's own documents, with its keys in alphabetical order.
///
/// Texts are exact here, also those with control characters, which are escaped as JSON has it.
enum FindingObject {
  /// The schema of a finding that stands alone.
  static let schema = "benchtrail.export.finding.v1"

  /// The texts of a host.
  static func texts(of host: String) -> HostTexts {
    HostTexts(
      host, [host.insideJSON],
      run: { [$0.name.insideJSON, $0.path.insideJSON, Array(Wording.time($0.startedAt).utf8)] },
      since: { [Array(Wording.time($0).utf8)] })
  }

  /// Describes a finding.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - isAlone: Whether nothing around it says which host and run it is from.
  /// - Returns: The object, with gaps for what ``texts(of:)`` has.
  static func render(_ finding: SharedFinding, isAlone: Bool) -> RenderedFinding<Void> {
    let (found, judged) = (finding.finding, finding.judged)
    var fingerprints = FingerprintTexts()
    func run(_ place: Int32) -> JSONString? { finding.hasRun ? JSONString(.run(place)) : nil }
    var object = JSONObject()
    object.add("advice", finding.advice.map(Self.advice))
    object.add("attestation", finding.attestation.map(Self.attestation))
    object.add("attestationLapsed", judged.isLapsed)
    object.add("change", finding.change.map(Self.change))
    object.add("checkId", found.checkID)
    object.add("control", finding.slug)
    object.add("controlTitle", finding.control?.title)
    object.add("details", found.details)
    if isAlone { object.add("edition", finding.release?.edition) }
    object.add("fingerprint", JSONString(.fingerprint(fingerprints.add(found, nil))))
    if isAlone { object.add("host", JSONString(.host(0))) }
    let waived = Set(judged.waivedItems)
    object.add(
      "items",
      found.items.map {
        Self.item(
          $0, fingerprints.add(found, $0), isWaived: judged.isWaived || waived.contains($0))
      })
    object.add("itemsTruncated", found.itemsTruncated)
    object.add("leftOut", finding.isLeftOut)
    object.add("line", Gap.line)
    object.add("new", finding.isNew)
    object.add("openSince", finding.hasSince ? JSONString(.since(0)) : nil)
    object.add("openSinceFirstRun", finding.isOpenFromStart)
    object.add("outcome", found.outcome.name)
    if isAlone { object.add("path", run(1)) }
    object.add("printed", found.printed.word)
    object.add("risk", finding.risk.map(Self.risk))
    object.add("run", run(0))
    if isAlone { object.add("schema", Self.schema) }
    object.add("section", found.section)
    object.add("severity", judged.severity?.name)
    if isAlone { object.add("startedAt", run(2)) }
    object.add("stride", finding.stride.map(\.name))
    object.add("title", found.title)
    if isAlone {
      object.add("tool", finding.release?.tool.name)
      object.add("toolVersion", finding.release?.printed)
    }
    object.add("verdict", finding.verdict.name)
    object.add("waived", judged.isWaived)
    object.add("waivers", finding.waivers.map(Self.waiver))
    return RenderedFinding([object.json], fingerprints, ())
  }

  private static func item(
    _ item: Item, _ fingerprint: Int32, isWaived: Bool
  ) -> JSONObject {
    var object = JSONObject()
    object.add("fingerprint", JSONString(.fingerprint(fingerprint)))
    object.add("kind", item.kind.name)
    object.add("name", item.name)
    object.add("stableName", item.stableName)
    object.add("value", item.value.isEmpty ? nil : item.value)
    object.add("waived", isWaived)
    return object
  }

  private static func change(_ change: ControlChange) -> JSONObject {
    func items(_ items: [Item]) -> [JSONObject] {
      items.map { item in
        var object = JSONObject()
        object.add("kind", item.kind.name)
        object.add("name", item.name)
        object.add("stableName", item.stableName)
        object.add("value", item.value.isEmpty ? nil : item.value)
        return object
      }
    }
    var object = JSONObject()
    object.add("absence", change.absence?.rawValue)
    object.add("base", change.base?.outcome.name)
    object.add("change", change.change.rawValue)
    object.add("criterionChanged", change.isCriterionChanged)
    object.add("itemsAdded", items(change.itemsAdded))
    object.add("itemsRemoved", items(change.itemsRemoved))
    return object
  }

  private static func advice(_ advice: Advice) -> JSONObject {
    var fix = JSONObject()
    fix.add("id", advice.fix.id)
    fix.add("kind", advice.fix.kind)
    fix.add("note", advice.fix.note)
    fix.add("target", advice.fix.target)
    fix.add("title", advice.fix.title)
    fix.add("value", advice.fix.value)
    var object = JSONObject()
    object.add("effort", advice.effort)
    object.add("fix", fix)
    object.add("impact", advice.impact)
    object.add("rationale", advice.rationale)
    object.add("restart", advice.restart)
    object.add("verification", advice.verification)
    return object
  }

  private static func risk(_ risk: Risk) -> JSONObject {
    var object = JSONObject()
    object.add("nist", risk.nist.isEmpty ? nil : risk.nist)
    object.add("reason", risk.reason)
    object.add("surface", risk.surface)
    object.add("techniques", risk.techniques)
    return object
  }

  private static func waiver(_ waiver: Waiver) -> JSONObject {
    var object = JSONObject()
    object.addIfPresent("accepted", waiver.accepted.map(Wording.date))
    object.add("line", waiver.line)
    object.add("owner", waiver.owner)
    object.add("reason", waiver.reason)
    object.add("ticket", waiver.ticket)
    object.add("until", Wording.lastDay(waiver.end))
    return object
  }

  private static func attestation(_ attestation: Attestation) -> JSONObject {
    var object = JSONObject()
    object.addIfPresent("accepted", attestation.accepted.map(Wording.date))
    object.add("by", attestation.by)
    object.add("decision", attestation.decision.name)
    object.add("line", attestation.line)
    object.add("reason", attestation.reason)
    object.add("until", Wording.lastDay(attestation.end))
    return object
  }
}
