import BenchExports
import Testing

struct `An export of OCSF events` {
  private static func object(_ event: [String: Any], _ key: String) throws -> [String: Any] {
    try #require(event[key] as? [String: Any])
  }

  @Test func `has what the class requires`() throws {
    let hosts = try Sample.hosts()
    let events = try Sample.lines(.ocsf, hosts)
    #expect(events.count == hosts.map(\.findings.count).reduce(0, +))
    for event in events {
      let activity = try #require(event["activity_id"] as? Int)
      #expect((1...3).contains(activity))
      #expect(event["category_uid"] as? Int == 2)
      #expect(event["class_uid"] as? Int == 2_003)
      #expect(event["type_uid"] as? Int == 200_300 + activity)
      #expect((0...5).contains(try #require(event["severity_id"] as? Int)))
      #expect((0...4).contains(try #require(event["status_id"] as? Int)))
      // Milliseconds.
      #expect(try #require(event["time"] as? Int) > 1_700_000_000_000)
      let metadata = try Self.object(event, "metadata")
      #expect(metadata["version"] as? String == "1.5.0")
      #expect(try Self.object(metadata, "product")["vendor_name"] is String)
      let info = try Self.object(event, "finding_info")
      #expect(info["uid"] is String && info["title"] is String)
      let compliance = try Self.object(event, "compliance")
      #expect((compliance["standards"] as? [String])?.isEmpty == false)
      #expect([1, 2, 3, 99].contains(compliance["status_id"] as? Int))
      #expect(compliance["status"] is String && compliance["control"] is String)
      let device = try Self.object(event, "device")
      #expect(device["type_id"] is Int && device["name"] is String)
      for resource in event["resources"] as? [[String: Any]] ?? [] {
        #expect(resource["uid"] is String && resource["name"] is String)
      }
      // Deprecated, and gone from later versions.
      #expect(event["resource"] == nil && compliance["status_detail"] == nil)
    }
  }

  @Test func `says how far each finding has got`() throws {
    let events = try Sample.lines(.ocsf, [Sample.web()])
    func event(_ control: String) throws -> [String: Any] {
      try #require(
        events.first { (try? Self.object($0, "compliance"))?["control"] as? String == control })
    }
    let regressed = try event("host-audit-daemon-json")
    #expect(regressed["activity_id"] as? Int == 1 && regressed["status"] as? String == "New")
    let fixed = try event("daemon-userland-proxy-disabled")
    #expect(fixed["activity_id"] as? Int == 3 && fixed["status"] as? String == "Resolved")
    let waived = try event("image-user-created")
    #expect(waived["activity_id"] as? Int == 2 && waived["status"] as? String == "Suppressed")
    #expect((waived["comment"] as? String)?.contains("Rebuilt in spring") == true)
    let device = try Self.object(waived, "device")
    #expect(device["hostname"] as? String == "web-1")
    let hostile = try #require(Sample.lines(.ocsf, [Sample.hostile()]).first)
    #expect(try Self.object(hostile, "device")["hostname"] == nil)
  }
}
