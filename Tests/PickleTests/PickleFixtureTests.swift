import Foundation
import Pickle
import Testing

/// Files that LangChain wrote, and files made to deceive or damage, in `Tests/Fixtures/pickle`.
///
/// The folders under `refused` are named after the code of the error.
@Suite struct PickleFixtureTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/pickle")

  private static func files(in name: String) -> [String] {
    let path = folder.appendingPathComponent(name).path
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".pkl") }.map { "\(name)/\($0)" }.sorted()
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
  }

  @Test(arguments: files(in: "opened")) func whatLangChainWroteIsReadAndWrittenUnchanged(name: String) throws
  {
    let value = try PickleReader.read(bytes(name)).value
    let fragment = try PickleWriter.fragment(of: value)
    let again = try PickleReader.read([0x80, 4] + fragment + [0x2E])
    // Values with NaN differ from themselves, their bytes do not.
    #expect(try PickleWriter.fragment(of: again.value) == fragment)
  }

  @Test(arguments: files(in: "refused")) func whatIsNoDataIsRefused(name: String) throws {
    let pickle = try bytes(name)
    let error = #expect(throws: PickleError.self) { try PickleReader.read(pickle) }
    #expect(error?.code.rawValue == name.split(separator: "/").dropFirst().first.map(String.init))
    #expect((0...pickle.count).contains(error?.offset ?? -1))
  }

  @Test(arguments: files(in: "refused/forbiddenGlobal"))
  func aSurveyNamesTheCodeOfARefusedFile(name: String) throws {
    let uses = try bytes(name).withUnsafeBytes { PickleSurvey($0).globals }
    #expect(uses.contains { $0.verdict == .forbidden })
  }

  @Test(arguments: files(in: "opened")) func everyPrefixOfAFileIsRefused(name: String) throws {
    let pickle = try bytes(name)
    let length = try PickleReader.read(pickle).length
    for end in stride(from: 0, to: length - 1, by: max(1, length / 97)) {
      #expect(throws: PickleError.self) { try PickleReader.read(Array(pickle[..<end])) }
    }
  }

  @Test func protocolsOfOneStoreGiveOneValue() throws {
    let contents = try ["proto0", "proto1", "proto2_purepython", "proto3", "proto4"].map { name in
      texts(try PickleReader.read(bytes("opened/\(name).pkl")).value)
    }
    #expect(contents[0].count > 1)
    for other in contents.dropFirst() { #expect(other == contents[0]) }
  }

  /// The texts of the documents of a store.
  private func texts(_ store: PickleValue) -> [String] {
    guard case .tuple(let parts) = store, case .object(let docstore) = parts.first,
      case .dict(let state) = docstore.state, case .dict(let documents) = state.first?.value
    else { return [] }
    return documents.compactMap { entry in
      guard case .object(let document) = entry.value, case .dict(let state) = document.state,
        case .dict(let fields) = state.first(where: { $0.key.text == "__dict__" })?.value
      else { return nil }
      return fields.first { $0.key.text == "page_content" }?.value.text
    }
  }
}
