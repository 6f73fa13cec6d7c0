import CMiniLM
import Testing

/// An instruction set of this processor, to force in a test.
struct InstructionSet: Sendable, CustomTestStringConvertible {
  var isa: cminilm_isa
  var testDescription: String

  /// Those that compute in Float32.
  static let exact = [
    InstructionSet(isa: CMINILM_PORTABLE, testDescription: "portable"),
    InstructionSet(isa: CMINILM_AVX2, testDescription: "avx2"),
    InstructionSet(isa: CMINILM_AVX512, testDescription: "avx512"),
  ].filter { cminilm_supports($0.isa) }

  static let bfloat16 = [
    InstructionSet(isa: CMINILM_BFLOAT16, testDescription: "bfloat16")
  ].filter { cminilm_supports($0.isa) }
}
