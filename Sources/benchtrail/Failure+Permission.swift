import BenchHistory

extension Failure {
  /// Words what this user may not do with a database, why, and what to do.
  static func words(
    _ use: RepositoryError.Use, _ path: String, _ obstacle: RepositoryError.Obstacle
  ) -> String {
    let verb =
      switch use {
      case .make: "made"
      case .read: "read"
      case .write: "written"
      }
    let (why, remedy) = words(obstacle, use, isItself: obstacle.item == path)
    let way =
      switch use {
      case .make: "name another file"
      case .read: "ask for the right to read it"
      case .write: "copy it with 'benchtrail db backup COPY' and use the copy with '--db COPY'"
      }
    return "\(path): may not be \(verb) by this user; \(why): "
      + (remedy.map { "\($0), or " } ?? "") + way
  }

  private static func words(
    _ obstacle: RepositoryError.Obstacle, _ use: RepositoryError.Use, isItself: Bool
  ) -> (why: String, remedy: String?) {
    let item =
      isItself ? "it" : obstacle.isFolder ? "the folder \(obstacle.item)" : obstacle.item
    switch obstacle.reason {
    case .belongs(let owner): return ("\(item) belongs to \(owner)", "run the command as \(owner)")
    case .readOnlyFileSystem: return ("\(item) is on a file system that is read-only", nil)
    case .permissions:
      let right = use == .read ? obstacle.isFolder ? "u+x" : "u+r" : "u+w"
      return (
        "\(item) has permissions that forbid it", "type 'chmod \(right) \(obstacle.item)'"
      )
    }
  }
}
