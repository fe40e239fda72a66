import BenchHistory
import BenchInput
import BenchModel
import BenchParsing
import BenchService

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An error as a person reads it: where, what is wrong, what was expected, what to do.
///
/// The words of every error and every diagnostic are in this file; what throws them has only data.
struct Failure: Error {
  /// A line each.
  var messages: [String]
  /// What to type, a line each.
  var hints: [String] = []
  var code: Int32

  /// The gate failed.
  static let tripped: Int32 = 1
  /// The input could not be read, and nothing was changed.
  static let unreadable: Int32 = 2
  /// The runs cannot be compared.
  static let incomparable: Int32 = 3
  /// What was asked for was done and is kept, but the result could not be written.
  static let untold: Int32 = 4
  /// What was asked for makes no sense.
  static let usage: Int32 = 64

  init(_ message: String, hints: [String] = [], code: Int32 = Self.unreadable) {
    self.init([message], hints: hints, code: code)
  }

  init(_ messages: [String], hints: [String] = [], code: Int32 = Self.unreadable) {
    self.messages = messages
    self.hints = hints
    self.code = code
  }

  /// The result can't be written; whether the command's work is done decides what that means.
  static func unwritten(_ message: String) -> Failure {
    Output.isWorkDone
      ? Failure(
        "done, but not told: \(message)",
        hints: ["what the command was to do is done and kept; only its result is not written"],
        code: untold)
      : Failure(message)
  }

  /// Prints the messages with the program's name before each, and the hints below them.
  func print() {
    for message in messages { Output.error("benchtrail: \(message)") }
    for hint in hints { Output.error("  \(hint)") }
  }

  /// Prints it, and ends the process with its code.
  func end() -> Never {
    print()
    exit(code)
  }

  /// Runs a closure, and words what the database or a use case throws.
  static func wording<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as RepositoryError {
      if case .noSuchRun(let name, let reason) = error { throw noSuchRun(name, reason) }
      throw Failure(words(error))
    } catch let error as ServiceError {
      throw Failure(words(error), code: code(error))
    }
  }

  private static func code(_ error: ServiceError) -> Int32 {
    switch error {
    case .incomparable: incomparable
    case .notEvaluated, .severalHosts, .hostHasRuns, .hostIsRenamed: usage
    case .otherHost: usage
    case .noRuns, .noRunsUntil, .noRunsYet, .nothingMeant, .noEvidence: unreadable
    }
  }

  static func words(_ error: ServiceError) -> String {
    switch error {
    case .noRuns(.some(let host)):
      "no such runs of host '\(host)'; 'benchtrail runs' lists what there is"
    case .noRuns(nil):
      "there are no such runs; 'benchtrail runs' lists what there is, 'benchtrail import LOG' adds some"
    case .noRunsUntil(let host, let time):
      "\(host.map { "'\($0)' has" } ?? "there is") no such run on or before \(CivilTime.short(time)) UTC; "
        + "'benchtrail runs' lists the runs with their times"
    case .noRunsYet(let host, let time):
      "\(host.map { "'\($0)' has" } ?? "there is") no such run before \(CivilTime.short(time)) UTC, which is now by this "
        + "machine's clock, and later ones do not count; set the clock right, or name a time with '--as-of'"
    case .otherHost(let name, let host):
      "'\(name)' is a run of \(host), and '--host' names another; leave one of the two out"
    case .severalHosts(let hosts):
      "several hosts have runs; name one, as in 'benchtrail status \(hosts.first ?? "HOST")'; "
        + (hosts.count > 8
          ? "'benchtrail hosts' lists them" : "there are \(list(hosts))")
    case .nothingMeant: "no run is meant; 'benchtrail runs' lists them"
    case .noEvidence(let run):
      "the log of run \(run) was not kept: it was imported with '--no-evidence', or by an earlier version; import the log again to keep it"
    case .notEvaluated(let name, let controls, let host, let editions):
      "'\(name)': no run\(host.map { " of \($0)" } ?? "") has a check of "
        + controls.joined(separator: " or ") + "; the runs are of "
        + (editions.isEmpty ? "no known edition" : editions.joined(separator: ", "))
    case .incomparable(let reason): "the runs cannot be compared: \(words(reason))"
    case .hostHasRuns(let host, let name):
      "'\(name)' has runs already; add '--merge' to make '\(host)' and '\(name)' one host"
    case .hostIsRenamed(let name, let current):
      "the policy shows '\(name)' as '\(current)'; rename to '\(current)', or change 'hosts: rename:' in the policy"
    }
  }

  private static func words(_ reason: ServiceError.Incomparable) -> String {
    switch reason {
    case .tools(let base, let head):
      "one is of \(base), the other of \(head); name two runs of tools that check the same"
    case .editions(let base, let head):
      "no check of \(base ?? "the first") is one of \(head ?? "the second")"
    case .onlyRun(let host): "\(host) has only one run; import another, or name two runs"
    }
  }

  static func words(_ error: RepositoryError) -> String {
    switch error {
    case .missing(let path):
      "\(path): there is no database yet; 'benchtrail import LOG' makes it, '--db FILE' names another"
    case .emptyFile(let path):
      "\(path): the file is empty, and no database; 'benchtrail import LOG --db \(path)' makes one of it"
    case .cannotOpen(let path, let reason):
      "\(path): the database can't be opened: \(isFolder(path) ? "it is a folder" : reason); "
        + "name a file with '--db FILE'"
    case .notADatabase(let path):
      "\(path): this is not a benchtrail database; name another file with '--db FILE'"
    case .newer(let path):
      "\(path): a newer benchtrail made this database, and this one can't read it; update benchtrail"
    case .busy(let path):
      "\(path): another process has been writing for minutes; try again when it is done"
    case .cannotWrite(let path, let reason): "\(path): can't be written: \(reason)"
    case .mayNot(let use, let path, let obstacle): words(use, path, obstacle)
    case .changed(let path):
      "\(path): another process wrote it while it was read; run the command again"
    case .damaged(let path, let reason):
      "\(path): the database is damaged (\(reason)); restore a backup, or import the logs anew"
    case .damagedRow(let path, let row):
      "\(path): the database is damaged: \(row); 'benchtrail db check' lists all that is wrong; restore a "
        + "backup, or import the logs anew"
    case .noSuchRun(let name, let reason):
      noSuchRun(name, reason).messages.joined(separator: "; ")
    case .ambiguousRun(let name, let count):
      "'\(name)' begins the ids of \(count) runs; give more of its digits, 'benchtrail runs' lists them"
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func words(_ content: LogContent) -> String {
    switch content {
    case .nothing: "it is empty"
    case .blank: "it has nothing but blanks"
    case .usage: "it has the tool's usage text, printed for a wrong flag or -h"
    case .noDaemon: "the tool could not reach the Docker daemon"
    case .otherJSON: "it has JSON that is no run of a bench tool"
    case .binary: "it has binary data"
    case .relative(let tool):
      "it is a log of \(tool), whose checks are not docker-bench-security's; that tool is not read"
    case .reversed: "its results stand in the reverse order; turn the lines round, as with 'tac'"
    case .beginning: "it has the beginning of a run and none of its results"
    case .totals: "it has the totals of a run and none of its results"
    case .text(let line): "it begins with '\(line)'"
    }
  }

  static func words(_ error: LogFile.Unreadable) -> String {
    switch error.code {
    case ENOENT: "no such file"
    case EACCES: "no permission to read it"
    case EISDIR: "it is a folder"
    default: "it can't be read (system error \(error.code))"
    }
  }

  static func words(_ kind: Diagnostic.Kind) -> String {
    switch kind {
    case .unreadLine(let line): "a result's mark in a line of no known shape: '\(line)'"
    case .evidenceTooLong(let limit):
      "the log of the run is longer than \(limit >> 20) MiB, so it is not kept with the run"
    case .runTooLong(let limit):
      "the run is longer than \(limit >> 20) MiB; the rest of it was skipped"
    case .tooManyChecks(let limit):
      "the run has more than \(limit) checks, more than any benchmark; the rest of it was skipped"
    case .tooManyRuns(let limit):
      "the file has more than \(limit) runs; the rest of it was skipped: split it, and import its parts"
    case .textTooLong(let limit):
      "a text is longer than \(limit >> 20) MiB; its end was left out"
    case .cutOff: "the run ends before the tool was done; it is kept as incomplete"
    case .headMissing: "the run's beginning is missing; it is kept as incomplete"
    case .checksDiffer(let printed, let read):
      "the tool counted \(printed) checks, and \(read) were read"
    case .scoreDiffers(let printed, let computed):
      "the tool's score is \(printed), and its results make \(computed)"
    case .brokenJSON: "the JSON is broken; it was read as far as it can be understood"
    case .brokenCompression:
      "the compressed data is damaged or ends early; what came before was read"
    case .startUnread(let text):
      "the start '\(text)' can't be understood; --at or the file's time is taken"
    case .zoneGuessed(let zone, let offset):
      "the zone '\(zone)' has several meanings; \(offset) was taken"
    case .zoneUnknown(let zone): "the zone '\(zone)' is not known; UTC was taken"
    case .minutesUnknown:
      "versions of March 2021 print the month where the minutes belong; the minutes are not known"
    case .unknownCheck(let id, let title):
      "no edition knows the check '\(id) - \(title)'; kept as unmapped"
    case .checkOfOther(let id, let own, let others, let isMapped):
      "\(own) does not have the check \(id) with this title, and \(list(others, most: 3)) "
        + "\(others.count == 1 ? "has" : "have"); "
        + (isMapped ? "it was read as theirs" : "they differ in what it means; kept as unmapped")
    case .editionByIDs(let edition, let known, let all):
      "the edition \(edition) is a guess by the ids: it has \(known) of the \(all) titles; the others are kept "
        + "as unmapped"
    case .noChecks: "a run without any check was skipped"
    case .editionUnknown: "no edition knows any of the run's checks; all are kept as unmapped"
    case .editionGuessed(let edition, let others):
      "the edition \(edition) is a guess: \(list(others)) \(others.count == 1 ? "fits" : "fit") as well; the "
        + "checks mean the same in each"
    case .editionUnlisted(let name, let taken):
      "no edition is called '\(name)'; the checks were read as those of \(taken)"
    case .editionUnmapped(let edition, let checks):
      "the \(checks) checks of \(edition) have no controls; they are kept as unmapped, by their ids"
    case .countDiffers(let target, let status, let printed, let read):
      "the summary\(target.isEmpty ? "" : " of \(target)") counts \(printed) \(status.word), \(read) were read"
    case .daemonMissing:
      "the tool could not reach the Docker daemon: a PASS of what it asks the daemon for says nothing"
    }
  }

  /// Names in a sentence: `a`, `a and b`, `a, b and c`, or `a, b and 3 more`.
  private static func list(_ names: [String], most: Int = .max) -> String {
    var shown = Array(names.prefix(most))
    if names.count > most { shown.append("\(names.count - most) more") }
    guard let last = shown.popLast(), !shown.isEmpty else { return names.first ?? "" }
    return shown.joined(separator: ", ") + " and " + last
  }

  static func words(_ kind: ImportNotice.Kind) -> String {
    switch kind {
    case .log(let kind): words(kind)
    case .noRun(let found):
      switch found {
      case .nothing, .blank, .text, .otherJSON, .binary:
        "not a bench log: \(words(found)); docker-bench-security, Aqua docker-bench and kube-bench are read"
      default: "no run in it: \(words(found))"
      }
    case .noRuns(files: 0): "there is no file to read; name a log, or a folder with logs"
    case .noRuns(let files): "no run in \(files) \(files == 1 ? "file" : "files")"
    case .hostUnknown: "'--host-from' does not fit this path; change the pattern, or use '--host'"
    case .unreadable(let error):
      words(error)
        + (error.code == ENOENT ? "; name a log, a folder of logs, or - for standard input" : "")
    case .hostsFromLog(let hosts, let isSplit):
      isSplit
        ? "the log has lines of \(hosts.count) hosts, and each has runs of its own: \(list(hosts, most: 8)); "
          + "'--no-host-from-log' puts all under one"
        : "the log names the host \(list(hosts)); '--host' names another"
    case .orderGuessed(let host, let runs, let first, let last):
      "\(runs) runs of \(host) have one time; their order is a guess by path and place, from \(first) to "
        + "\(last); '--at' gives each file its time"
    case .timesOfCopy(let host, let files):
      "\(files) files of \(host) were changed within seconds, as a copy leaves them; their order is a guess by "
        + "the numbers in their names; '--at' gives each its time"
    case .severalHosts(let several): words(several)
    case .moreWarnings(let count):
      "\(count) more warnings are not listed; import fewer files at once to see them"
    case .startInFuture(let host, let start):
      "the run of \(host) starts at \(CivilTime.rfc3339(start)), which is in the future; it does not count as "
        + "the latest until then; set the clock that gave the time right"
    }
  }
}
