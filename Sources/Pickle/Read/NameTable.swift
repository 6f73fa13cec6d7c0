/// The distinct names of a pickle with their verdicts.
struct NameTable {
  private struct Name: Hashable {
    var module: String
    var name: String
  }

  let policy: GlobalPolicy
  /// Whether names of Python 2 are taken, as in pickles of protocol 0 to 2.
  var translates = true
  private(set) var uses: [GlobalUse] = []
  private(set) var roles: [KnownGlobals.Role?] = []
  private var places: [Name: Int] = [:]
  /// Whether LangChain's vector store itself is named, as in files of 2022 and 2023 that hold it whole.
  private(set) var hasWholeStore = false

  init(policy: GlobalPolicy) { self.policy = policy }

  /// Notes that a name stands at a byte and answers its place in ``uses`` and ``roles``.
  mutating func note(module: String, name: String, at offset: Int) -> Int {
    let found = translates ? Python2Names.translate(module: module, name: name) : (module, name)
    let key = Name(module: found.0, name: found.1)
    if let place = places[key] {
      uses[place].uses += 1
      return place
    }
    let verdict = policy.verdict(module: key.module, name: key.name, translated: translates)
    uses.append(
      GlobalUse(module: key.module, name: key.name, offset: offset, uses: 1, verdict: verdict))
    roles.append(KnownGlobals.role(module: key.module, name: key.name))
    places[key] = uses.count - 1
    if KnownGlobals.isVectorStore(module: key.module, name: key.name) { hasWholeStore = true }
    return uses.count - 1
  }

  /// Notes that a name which may stand as a value was called.
  mutating func condemn(_ place: Int) { uses[place].verdict = .forbidden }
}
