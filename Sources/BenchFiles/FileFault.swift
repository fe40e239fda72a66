#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file can't be written, by the system's errors.
package enum FileFault {
  /// What an error means, as the rest of a sentence.
  package static func words(_ code: Int32) -> String {
    switch code {
    case ENOSPC: "the disk is full"
    case EDQUOT: "this user's share of the disk is used up"
    case EFBIG:
      "it would be larger than this process may write\(limit.map { ", which is \($0) bytes" } ?? ""); 'ulimit -f' sets that"
    case EROFS: "its file system is read-only"
    case EACCES, EPERM: "it may not be written by this user"
    case ENOENT, ENOTDIR: "its folder is missing"
    case EISDIR, ENOTEMPTY, EEXIST: "a folder is there"
    case EIO: "the disk reports an error"
    default: "the system reports error \(code)"
    }
  }

  /// What a fault of the disk may come from, where only that is known.
  package static var ofDisk: String {
    limit == nil ? words(EIO) : "the disk reports an error, or \(words(EFBIG))"
  }

  /// The most bytes that a file of this process may have; nil for no limit.
  private static var limit: UInt64? {
    var limits = rlimit()
    #if canImport(Glibc)
      guard getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) == 0 else { return nil }
    #else
      guard getrlimit(RLIMIT_FSIZE, &limits) == 0 else { return nil }
    #endif
    return limits.rlim_cur >= UInt64(Int64.max) ? nil : UInt64(limits.rlim_cur)
  }
}
