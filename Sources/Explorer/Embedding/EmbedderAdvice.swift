import Embeddings

/// What people are told about embedders and dimensions.
enum EmbedderAdvice {
  static func evidence(_ probe: EmbedderProbe, _ embedder: String) -> String {
    guard probe.fits else {
      return "these vectors are not \(embedder)'s: \(probe.agreed) of \(probe.asked) documents agree"
    }
    return
      "these vectors are \(embedder)'s: \(probe.agreed) of \(probe.asked) agree to \(power(probe.difference))"
  }

  static func mismatch(of embedder: String, _ dimension: Int, index: Int) -> String {
    "the index has \(index) dimensions, \(embedder) gives \(dimension)" + models(index, separator: "; ")
  }

  static func unknown(dimension: Int, tried: [EmbedderChoice], isModelInstalled: Bool) -> String {
    var text = "the index does not say which model made its \(dimension) dimensions"
    let names = tried.compactMap { $0.embedder?.name }
    if !names.isEmpty { text += "; they are not \(names.joined(separator: "'s nor "))'s" }
    text += models(dimension, separator: "; ")
    if dimension == MiniLMEmbedder.dimension, !isModelInstalled {
      text += "; fathom model install fetches MiniLM, which may have made them"
    }
    return text + "; name it with --embedder, or E on the screen"
  }

  /// Which well-known models would fit.
  private static func models(_ dimension: Int, separator: String) -> String {
    let names = KnownModels.models(withDimension: dimension).prefix(3)
    guard let first = names.first else { return "" }
    let others = names.dropFirst().joined(separator: ", ")
    return separator
      + (names.count == 1
        ? "\(first) gives \(dimension)" : "\(first) gives \(dimension), and so do \(others)")
  }

  /// The smallest power of ten that is not below `difference`: "1e-6".
  private static func power(_ difference: Float) -> String {
    guard difference > 0 else { return "the last bit" }
    var exponent = 0
    while exponent < 9, Double(difference) <= 1 / tens(exponent + 1) { exponent += 1 }
    return exponent == 0 ? "\(difference)" : "1e-\(exponent)"
  }

  private static func tens(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
