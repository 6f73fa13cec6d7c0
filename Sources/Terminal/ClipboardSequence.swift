import Foundation

/// The escape sequence that asks a terminal to put a text on the clipboard (OSC 52).
///
/// It works over ssh, where no program of this machine reaches the person's clipboard; whether the terminal obeys,
/// it does not say.
public struct ClipboardSequence: Sendable, Hashable {
  /// Many terminals drop longer ones: 100,000 characters of sequence, which are 74,994 bytes of text.
  public static let longestText = 74_994

  public let bytes: [UInt8]

  /// nil for a text that is too long.
  ///
  /// Inside tmux and GNU screen, which `environment` tells, it is wrapped so that they pass it on; tmux gets it plain
  /// too, for with `set-clipboard on` it takes that, and with `allow-passthrough on` the other.
  public init?(_ text: String, environment: [String: String]) {
    guard text.utf8.count <= Self.longestText else { return nil }
    let sequence = "\u{1B}]52;c;" + Data(text.utf8).base64EncodedString() + "\u{07}"
    if environment["TMUX"]?.isEmpty == false {
      let doubled = sequence.replacingOccurrences(of: "\u{1B}", with: "\u{1B}\u{1B}")
      bytes = Array("\(sequence)\u{1B}Ptmux;\(doubled)\u{1B}\\".utf8)
    } else if environment["STY"]?.isEmpty == false {
      // screen passes on strings of up to 768 bytes.
      let all = Array(sequence.utf8)
      bytes = stride(from: 0, to: all.count, by: 700).flatMap { start in
        Array("\u{1B}P".utf8) + all[start..<min(start + 700, all.count)] + Array("\u{1B}\\".utf8)
      }
    } else {
      bytes = Array(sequence.utf8)
    }
  }
}
