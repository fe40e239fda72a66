import BenchCatalog
import BenchModel

/// What is to be done on each host, by numbers: hosts on which the same is to be done share a plan.
struct HostPlans {
  /// What is to be done on some hosts.
  private struct Plan: Hashable {
    /// The places of the tasks, in the catalogue's order.
    var tasks: [Int32] = []
    var isSwarm = false
  }

  /// Hosts that share what a maker of snippets needs to know.
  struct Group {
    var tasks: HostTasks
    /// The places of their plans.
    var plans: [Int]
    /// Their numbers, in order.
    var hosts: [Int32]
  }

  /// In order; a host's number is its place.
  private let names: [String]
  /// Each once.
  private var tasks: [FixTask] = []
  /// The place of each task as it is where items make no difference.
  private var bare: [Int32] = []
  private var places: [FixTask: Int32] = [:]
  private var plans: [Plan] = []
  /// The hosts of each plan, in order.
  private var hosts: [[Int32]] = []

  /// Collects what is to be done.
  ///
  /// - Parameters:
  ///   - remedies: The fixes.
  ///   - fixes: The ids of those that are meant; all if nil.
  init(_ remedies: Remedies, of fixes: Set<String>?) {
    let order = remedies.catalog.advice.fixes.map(\.id)
    let ranks = Dictionary(zip(order, order.indices)) { first, _ in first }
    let controls = remedies.catalog.controls
    let meant = remedies.groups.filter { fixes?.contains($0.fix.id) ?? true }
    names = meant.count == 1 ? meant[0].hosts : Set(meant.flatMap(\.hosts)).sorted()
    let numbers = Dictionary(zip(names, names.indices)) { first, _ in first }
    var own = Array(repeating: Plan(), count: names.count)
    for group in remedies.groups {
      let isSwarm = group.controls.contains { controls.control($0)?.section == "swarm" }
      let isMeant = fixes?.contains(group.fix.id) ?? true
      guard isMeant || isSwarm else { continue }
      // The places of the failures of each host, and the task that these make.
      var failures = Array(repeating: [Int32](), count: names.count)
      for (place, failure) in group.failures.enumerated() {
        for host in failure.hosts.compactMap({ numbers[$0] }) {
          if isSwarm { own[host].isSwarm = true }
          if isMeant { failures[host].append(Int32(truncatingIfNeeded: place)) }
        }
      }
      var known: [[Int32]: Int32] = [:]
      for (host, failures) in failures.enumerated() where !failures.isEmpty {
        let task = known[failures] ?? add(group, failures.map { group.failures[Int($0)].finding })
        known[failures] = task
        own[host].tasks.append(task)
      }
    }
    for host in remedies.swarmHosts.compactMap({ numbers[$0] }) { own[host].isSwarm = true }
    var known: [Plan: Int] = [:]
    for (host, plan) in own.enumerated() where !plan.tasks.isEmpty {
      let place = known[plan] ?? plans.count
      if place == plans.count {
        known[plan] = place
        plans.append(plan)
        hosts.append([])
      }
      hosts[place].append(Int32(truncatingIfNeeded: host))
    }
    let rank = tasks.map { ranks[$0.fix.id] ?? 0 }
    for place in plans.indices { plans[place].tasks.sort { rank[Int($0)] < rank[Int($1)] } }
  }

  /// Adds what a fix is to bring about where some findings are.
  private mutating func add(_ group: FixGroup, _ findings: [Finding]) -> Int32 {
    let items = Set(findings.flatMap(\.items)).sorted(by: Item.inOrder)
    var task = FixTask(
      fix: group.fix, value: group.value, badValue: group.badValue, items: items,
      isTruncated: findings.contains(where: \.itemsTruncated))
    let place = add(task)
    (task.items, task.isTruncated) = ([], false)
    bare[Int(place)] = add(task)
    return place
  }

  private mutating func add(_ task: FixTask) -> Int32 {
    if let place = places[task] { return place }
    let place = Int32(truncatingIfNeeded: tasks.count)
    places[task] = place
    tasks.append(task)
    bare.append(place)
    return place
  }

  /// The names of hosts by their numbers, in order.
  func names(of hosts: [Int32]) -> [String] { hosts.sorted().map { names[Int($0)] } }

  /// The hosts that share what a maker needs to know, in the order of the first of each.
  func shared(by maker: SnippetMaker) -> [Group] {
    let isTaken = tasks.map(maker.takes)
    var members: [Plan: [Int]] = [:]
    for (place, plan) in plans.enumerated() where plan.tasks.contains(where: { isTaken[Int($0)] }) {
      var own = plan
      own.tasks.removeAll { !isTaken[Int($0)] }
      if !maker.usesItems { own.tasks = own.tasks.map { bare[Int($0)] } }
      if !maker.usesSwarm { own.isSwarm = false }
      members[own, default: []].append(place)
    }
    return members.map { plan, places in
      Group(
        tasks: HostTasks(tasks: plan.tasks.map { tasks[Int($0)] }, isSwarm: plan.isSwarm),
        plans: places, hosts: places.flatMap { hosts[$0] }.sorted())
    }.sorted { $0.hosts.lexicographicallyPrecedes($1.hosts) }
  }

  /// Takes out what is brought about where some plans count.
  mutating func drop(_ fixes: Set<String>, from places: [Int]) {
    for place in places {
      plans[place].tasks.removeAll { fixes.contains(tasks[Int($0)].fix.id) }
    }
  }

  /// Takes hosts out.
  mutating func drop(hosts numbers: Set<Int32>) {
    if numbers.isEmpty { return }
    for place in hosts.indices { hosts[place].removeAll(where: numbers.contains) }
    for place in plans.indices where hosts[place].isEmpty { plans[place].tasks = [] }
  }
}
