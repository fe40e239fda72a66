import BenchCatalog
import BenchExports
import Testing

struct `An HDF export` {
  private static func profiles(_ hosts: [ExportHost]) throws -> [[String: Any]] {
    let document = try Sample.object(.hdf, hosts)
    let platform = try #require(document["platform"] as? [String: Any])
    #expect(platform["name"] is String && platform["release"] is String)
    #expect((platform["target_id"] != nil) == (hosts.count == 1))
    #expect(document["version"] is String && document["statistics"] is [String: Any])
    return try #require(document["profiles"] as? [[String: Any]])
  }

  private static func controls(_ profile: [String: Any]) throws -> [[String: Any]] {
    try #require(profile["controls"] as? [[String: Any]])
  }

  /// What inspecjs takes a control for, by `libs/inspecjs/src/compat_impl/compat_inspec_1_0.ts` of Heimdall
  /// at 001d8de.
  private static func status(_ control: [String: Any]) -> String {
    let results = control["results"] as? [[String: Any]] ?? []
    let statuses = Set(results.compactMap { $0["status"] as? String })
    let waiver = control["waiver_data"] as? [String: Any]
    if statuses.contains("error") { return "Profile Error" }
    if waiver?["skipped_due_to_waiver"] as? Bool == true || control["impact"] as? Double == 0 {
      return "Not Applicable"
    }
    if statuses.contains("failed") { return "Failed" }
    if statuses.contains("passed") { return "Passed" }
    return statuses.contains("skipped") ? "Not Reviewed" : "Profile Error"
  }

  /// inspecjs takes controls of one id in a file for one, wherever no profile is another's parent.
  @Test func `of several hosts has no id twice`() throws {
    let web = try Sample.web()
    var namesake = web
    namesake.name = "web-1 (2)"
    let hosts = [web, web, namesake, Sample.hostile()]
    let profiles = try Self.profiles(hosts)
    #expect(Set(profiles.compactMap { $0["name"] as? String }).count == hosts.count)
    let ids = try profiles.flatMap(Self.controls).compactMap { $0["id"] as? String }
    #expect(ids.count == hosts.reduce(0) { $0 + $1.findings.count })
    #expect(Set(ids).count == ids.count)
    #expect(ids.contains("host-partition@web-1"))
    // A file of one host can be compared with another's.
    let single = try Self.profiles([web]).flatMap(Self.controls)
    #expect(single.contains { $0["id"] as? String == "host-partition" })
  }

  @Test func `has what the schema requires`() throws {
    let profiles = try Self.profiles(Sample.hosts())
    #expect(Set(profiles.compactMap { $0["name"] as? String }).count == 2)
    for profile in profiles {
      #expect((profile["sha256"] as? String)?.count == 64)
      #expect(profile["supports"] is [Any] && profile["attributes"] is [Any])
      let controls = try Self.controls(profile)
      let ids = controls.compactMap { $0["id"] as? String }
      #expect(ids.count == controls.count && Set(ids).count == ids.count)
      let groups = try #require(profile["groups"] as? [[String: Any]])
      #expect(Set(groups.flatMap { $0["controls"] as? [String] ?? [] }) == Set(ids))
      for control in controls {
        #expect((0...1).contains(try #require(control["impact"] as? Double)))
        #expect(control["refs"] is [Any] && control["source_location"] is [String: Any])
        let tags = try #require(control["tags"] as? [String: Any])
        #expect((tags["nist"] as? [String])?.isEmpty == false)
        let results = try #require(control["results"] as? [[String: Any]])
        #expect(!results.isEmpty)
        for result in results {
          #expect(["passed", "failed", "skipped"].contains(result["status"] as? String))
          #expect((result["code_desc"] as? String)?.isEmpty == false)
          #expect(result["start_time"] is String)
          #expect((result["skip_message"] != nil) == (result["status"] as? String == "skipped"))
        }
      }
    }
  }

  @Test func `has the requirements of NIST SP 800-53`() throws {
    let controls = try Self.profiles(Sample.hosts()).flatMap(Self.controls)
    var unmapped = 0
    for control in controls {
      let whole = try #require(control["id"] as? String)
      let id = String(whole.prefix { $0 != "@" })
      let tags = try #require((control["tags"] as? [String: Any])?["nist"] as? [String])
      let isMapped = Catalog.embedded.controls.control(id) != nil
      if !isMapped { unmapped += 1 }
      let expected = Catalog.embedded.frameworks.requirements(of: id, in: Framework.nist)
      #expect(tags == (isMapped ? expected.map(\.id) : ["UM-1"]), "\(id)")
    }
    #expect(unmapped == 3)
  }

  @Test func `says what is accepted, attested and not applicable`() throws {
    let controls = try Self.profiles([Sample.web()]).flatMap(Self.controls)
    func control(_ id: String) throws -> [String: Any] {
      try #require(controls.first { $0["id"] as? String == id })
    }
    func statuses(_ id: String) throws -> [String] {
      try #require(try control(id)["results"] as? [[String: Any]])
        .compactMap { $0["status"] as? String }
    }
    let waiver = try #require(control("image-user-created")["waiver_data"] as? [String: Any])
    #expect(waiver["expiration_date"] as? String == "2027-03-30")
    #expect(waiver["skipped_due_to_waiver"] as? Bool == true)
    #expect(Set(try statuses("image-user-created")) == ["skipped"])
    #expect(Self.status(try control("image-user-created")) == "Not Applicable")
    // What is accepted in part looks no milder.
    #expect(Self.status(try control("container-apparmor")) == "Failed")
    #expect(Set(try statuses("container-apparmor")) == ["failed", "skipped"])
    #expect(try control("container-apparmor")["waiver_data"] == nil)
    #expect(try statuses("host-hardened") == ["passed"])
    #expect(try control("swarm-bind-interface")["impact"] as? Double == 0)
    #expect(try control("host-audit-daemon-json")["impact"] as? Double == 0.9)
  }
}
