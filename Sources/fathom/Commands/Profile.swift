import ArgumentParser
import Diagnosis
import Explorer

struct Profile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what the metadata holds, key by key: types, gaps, different values, ranges.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var filter: FilterOption

  func run() async throws {
    try await answering {
      let filter = try filter.parsed()
      let session = try await store.open(for: .reading)
      let profile = try await session.metadataProfile(filter: filter)
      if store.json {
        try Output.json(profile.keys.map { Report.line($0, of: profile.documents) }.joined(separator: "\n"))
        return
      }
      try Output.table(
        [["key", "have it", "distinct", "types", "least", "greatest"]]
          + profile.keys.map { key in
            [
              key.name, "\(key.present) of \(profile.documents)", "\(key.distinct)",
              key.types.map { "\($0.name) \($0.count)" }.joined(separator: ", "),
              key.least?.displayText ?? "", key.greatest?.displayText ?? "",
            ]
          }, numbers: [1, 2])
    }
  }
}
