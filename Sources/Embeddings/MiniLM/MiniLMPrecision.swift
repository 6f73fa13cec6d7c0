import CMiniLM

/// How exactly MiniLM computes.
public enum MiniLMPrecision: String, Sendable, CaseIterable {
  /// The vectors that everyone else gets from this model, within 2e-6.
  case float32
  /// Weights and inputs rounded to bfloat16: about twice as fast, cosines to the exact vectors above 0.9999.
  case bfloat16

  /// Whether this processor can: bfloat16 needs AVX-512 with BF16.
  public var isAvailable: Bool { cminilm_supports(instructions) }

  var instructions: cminilm_isa {
    switch self {
    case .float32: cminilm_best()
    case .bfloat16: CMINILM_BFLOAT16
    }
  }
}
