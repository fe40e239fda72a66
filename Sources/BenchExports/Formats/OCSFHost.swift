/// The host as each event about it names it.
struct OCSFHost {
  let resource: JSONObject
  /// What a store of events finds the host by, as a list of JSON.
  ///
  /// The types have numbers that every version of the schema knows.
  let observables: [UInt8]

  /// Creates what the events of a host have in common.
  init(_ name: String, _ wording: Wording) {
    let uid = Fingerprint([name]).hex
    let isHostName = Self.isHostName(name)
    var resource = JSONObject()
    resource.add("uid", uid)
    resource.add("name", wording.name(name))
    resource.add("type", "host")
    var observables: [JSONObject] = []
    if isHostName {
      resource.add("hostname", name)
      observables.append(Self.observable("resources[].hostname", 1, "Hostname", name))
    }
    observables.append(Self.observable("resources[].uid", 10, "Resource UID", uid))
    self.resource = resource
    var list = TextBuffer()
    observables.writeJSON(to: &list)
    self.observables = list.bytes
  }

  private static func observable(
    _ name: String, _ id: Int, _ type: String, _ value: String
  ) -> JSONObject {
    var object = JSONObject()
    object.add("name", name)
    object.add("type_id", id)
    object.add("type", type)
    object.add("value", value)
    return object
  }

  /// Whether a text is what OCSF takes for a host name: labels of letters, digits and hyphens.
  private static func isHostName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { byte in
            switch byte {
            case 0x2D, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: false
            }
          }
      }
  }
}
