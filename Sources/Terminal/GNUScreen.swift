/// GNU screen, of which a program must know what it does not pass on.
public enum GNUScreen {
  /// Whether it draws the cells, which has `STY` and `TERM` say so; tmux in between has another `TERM`.
  ///
  /// While it reports the mouse it holds a lone Escape back until the next key (4.9.0): without the mouse it does not.
  public static func isAround(_ environment: [String: String]) -> Bool {
    environment["STY"]?.isEmpty == false && environment["TERM"]?.hasPrefix("screen") == true
  }
}
