import Pickle
import VectorStore

/// A value of Python's `datetime` module, from the bytes and numbers it pickles as.
struct PythonDate {
  var kind: String
  var summary: String
  var fields: Metadata

  /// `arguments` are those of the pickled call.
  ///
  /// Nil when they have another shape.
  init?(_ className: String, _ arguments: [PickleValue]) {
    kind = String(className.dropFirst("datetime.".count))
    if kind == "timedelta" {
      guard let parts = Self.timedelta(arguments) else { return nil }
      fields = ["days": .int(parts[0]), "seconds": .int(parts[1]), "microseconds": .int(parts[2])]
      let clock = Self.clock(
        parts[1] / 3600, parts[1] / 60 % 60, parts[1] % 60, parts[2], alwaysPadded: false)
      summary = parts[0] == 0 ? clock : "\(parts[0]) day\(abs(parts[0]) == 1 ? "" : "s"), \(clock)"
      return
    }
    guard let first = arguments.first, let state = Self.bytes(first) else { return nil }
    var iso: String
    var isFold = false
    switch (kind, state.count) {
    case ("date", 4): iso = Self.date(state, month: state[2])
    case ("datetime", 10):
      isFold = state[2] >= 128
      iso = Self.date(state, month: state[2] & 127) + "T" + Self.time(state.dropFirst(4))
    case ("time", 6):
      isFold = state[0] >= 128
      iso = Self.time([state[0] & 127] + state.dropFirst())
    default: return nil
    }
    fields = [:]
    var zone: (offset: String, name: String)?
    if arguments.count > 1 {
      guard let found = Self.zone(arguments[1]) else { return nil }
      zone = found
      iso += found.offset
    }
    fields["iso"] = .text(iso)
    if isFold { fields["fold"] = .int(1) }
    if let zone { fields["tz"] = .text(zone.name) }
    summary = iso
    if kind == "datetime", let mark = iso.firstIndex(of: "T") {
      summary.replaceSubrange(mark...mark, with: " ")
    }
    if let zone, zone.offset.isEmpty { summary += " \(zone.name)" }
  }

  private static func bytes(_ value: PickleValue) -> [UInt8]? {
    switch value {
    case .bytes(let bytes): bytes
    // Python 2 and protocol 0 to 2 hand the same bytes as Latin-1 text.
    case .string(let text):
      text.string.flatMap { string in
        let scalars = string.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return scalars.count == string.unicodeScalars.count ? scalars : nil
      }
    default: nil
    }
  }

  private static func date(_ state: [UInt8], month: UInt8) -> String {
    padded(Int(state[0]) << 8 | Int(state[1]), 4) + "-" + padded(Int(month), 2) + "-"
      + padded(Int(state[3]), 2)
  }

  private static func time(_ bytes: some Sequence<UInt8>) -> String {
    let b = bytes.map(Int.init)
    return clock(b[0], b[1], b[2], b[3] << 16 | b[4] << 8 | b[5], alwaysPadded: true)
  }

  private static func clock(_ hours: Int, _ minutes: Int, _ seconds: Int, _ micros: Int, alwaysPadded: Bool)
    -> String
  {
    let start = alwaysPadded ? padded(hours, 2) : "\(hours)"
    return "\(start):\(padded(minutes, 2)):\(padded(seconds, 2))"
      + (micros == 0 ? "" : ".\(padded(micros, 6))")
  }

  /// [days, seconds, microseconds]; missing ones are 0.
  private static func timedelta(_ arguments: [PickleValue]) -> [Int]? {
    var parts = arguments.compactMap(\.integer)
    guard parts.count == arguments.count else { return nil }
    while parts.count < 3 { parts.append(0) }
    guard (0..<86_400).contains(parts[1]), (0..<1_000_000).contains(parts[2]) else { return nil }
    return parts
  }

  /// The offset as ISO 8601 writes it (empty when only the zone's rules know it), and Python's `repr`.
  private static func zone(_ value: PickleValue) -> (offset: String, name: String)? {
    guard case .object(let object) = value else { return nil }
    if object.className == "datetime.timezone" {
      guard case .object(let delta)? = object.arguments.first, delta.className == "datetime.timedelta",
        let parts = timedelta(delta.arguments)
      else { return nil }
      let seconds = parts[0] * 86_400 + parts[1]
      let sign = seconds < 0 ? "-" : "+"
      var offset = "\(sign)\(padded(abs(seconds) / 3600, 2)):\(padded(abs(seconds) / 60 % 60, 2))"
      if abs(seconds) % 60 != 0 { offset += ":\(padded(abs(seconds) % 60, 2))" }
      let given = object.arguments.count > 1 ? object.arguments[1].text : nil
      if seconds == 0, given == nil { return (offset, "datetime.timezone.utc") }
      let days = parts[0] == 0 ? "" : "days=\(parts[0]), "
      let name = given.map { ", '\($0)'" } ?? ""
      return (offset, "datetime.timezone(datetime.timedelta(\(days)seconds=\(parts[1]))\(name))")
    }
    // ZoneInfo pickles as getattr(ZoneInfo, "_unpickle")(key, from_cache).
    guard case .object(let getter) = object.callee, getter.className == "builtins.getattr",
      let key = object.arguments.first?.text
    else { return nil }
    return ("", "zoneinfo.ZoneInfo(key='\(key)')")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
