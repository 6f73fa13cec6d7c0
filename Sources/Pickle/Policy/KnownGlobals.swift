/// The names that stand for data, each with what a pickle may do with it.
enum KnownGlobals {
  /// What may be done with a name, and how the reader treats the result.
  enum Role: Sendable {
    /// May be called; the result is kept as an object.
    case constructor
    /// May be stored as a value, never called.
    case value
    /// A builtin type; calls with plain arguments become plain values.
    case plain(Plain)
    /// `builtins.getattr`, for `ZoneInfo._unpickle` alone.
    case attribute
    /// `_codecs.encode`, for "latin1" alone: the bytes of protocol 0 to 2.
    case encode
    /// `copyreg._reconstructor`, which makes the instances of protocol 0 and 1.
    case reconstructor
    case decimal
    case date, time, datetime
    case dtype, numpyScalar, numpyArray, numpyBuffer
  }

  /// The builtin types whose calls become plain values.
  enum Plain: Sendable { case set, frozenSet, byteArray, bytes, list, dict, tuple, string, int, float }

  /// The role of exactly this name, or nil.
  static func role(module: String, name: String) -> Role? {
    if let role = table[module]?[name] { return role }
    return isFaissIndex(module: module, name: name) ? .constructor : nil
  }

  /// LangChain's `FAISS`, which people pickled whole before it had `save_local`.
  static func isVectorStore(module: String, name: String) -> Bool {
    name == "FAISS" && vectorStoreModules.contains(module)
  }

  private static let vectorStoreModules = ["langchain", "langchain_community"].flatMap {
    ["\($0).vectorstores.faiss", "\($0).vectorstores"]
  }

  /// The classes in `FAISS.serialize_to_bytes`; the module's name depends on the writer's processor.
  private static func isFaissIndex(module: String, name: String) -> Bool {
    let word = { (text: Substring) in
      text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
      }
    }
    guard name.hasPrefix("Index") else { return false }
    // The package itself has the classes of whichever build was loaded.
    if module == "faiss" { return true }
    guard module.hasPrefix("faiss.swigfaiss") else { return false }
    let suffix = module.dropFirst("faiss.swigfaiss".count)
    return (suffix.isEmpty || suffix.first == "_") && word(suffix) && word(Substring(name))
  }

  private static let table: [String: [String: Role]] = {
    var table: [String: [String: Role]] = [:]
    func add(_ modules: [String], _ names: String, _ role: Role = .constructor) {
      for module in modules {
        for name in names.split(separator: " ") { table[module, default: [:]][String(name)] = role }
      }
    }
    addLangChain(add)
    addStandardLibrary(add)
    addBuiltins(add)
    addNumpy(add)
    addPandas(add)
    return table
  }()

  private typealias Add = ([String], String, Role) -> Void

  private static func addLangChain(_ add: Add) {
    for package in ["langchain", "langchain_community", "langchain_classic"] {
      add(["\(package).docstore.in_memory", "\(package).docstore"], "InMemoryDocstore", .constructor)
      add(
        ["\(package).docstore.document", "\(package).schema", "\(package).schema.document"], "Document",
        .constructor)
    }
    add(vectorStoreModules, "FAISS", .constructor)
    add(["langchain_core.documents.base", "langchain_core.documents"], "Document", .constructor)
  }

  private static func addStandardLibrary(_ add: Add) {
    add(["datetime"], "timedelta timezone", .constructor)
    add(["datetime"], "datetime", .datetime)
    add(["datetime"], "date", .date)
    add(["datetime"], "time", .time)
    add(["zoneinfo"], "ZoneInfo", .constructor)
    add(["decimal"], "Decimal", .decimal)
    add(["fractions"], "Fraction", .constructor)
    add(["uuid"], "UUID SafeUUID", .constructor)
    add(
      ["pathlib", "pathlib._local"],
      "Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath", .constructor)
    add(
      ["collections"], "OrderedDict defaultdict Counter deque ChainMap UserDict UserList UserString",
      .constructor)
    add(
      ["ipaddress"],
      "IPv4Address IPv6Address IPv4Network IPv6Network IPv4Interface IPv6Interface", .constructor)
    add(["array"], "array _array_reconstructor", .constructor)
    add(["time"], "struct_time", .constructor)
    add(["types"], "SimpleNamespace", .constructor)
    add(["_codecs"], "encode", .encode)
    add(["copyreg"], "_reconstructor", .reconstructor)
  }

  private static func addBuiltins(_ add: Add) {
    let plain: [(String, Plain)] = [
      ("set", .set), ("frozenset", .frozenSet), ("bytearray", .byteArray), ("bytes", .bytes),
      ("list", .list), ("dict", .dict), ("tuple", .tuple), ("str", .string), ("int", .int),
      ("float", .float),
    ]
    for (name, type) in plain { add(["builtins"], name, .plain(type)) }
    add(["builtins"], "complex range slice object", .constructor)
    add(["builtins"], "getattr", .attribute)
    add(
      ["builtins"],
      """
      Ellipsis NotImplemented abs all any ascii bin bool callable chr classmethod divmod enumerate filter \
      format hash hex id isinstance issubclass iter len map max memoryview min next oct ord pow print \
      property repr reversed round sorted staticmethod sum super type zip
      """, .value)
  }

  private static func addNumpy(_ add: Add) {
    let cores = ["numpy.core", "numpy._core"]
    add(["numpy"], "dtype", .dtype)
    add(cores.map { $0 + ".multiarray" }, "scalar", .numpyScalar)
    add(cores.map { $0 + ".multiarray" }, "_reconstruct", .numpyArray)
    add(cores.map { $0 + ".numeric" }, "_frombuffer", .numpyBuffer)
    add(
      ["numpy"],
      """
      ndarray generic number integer floating bool_ bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 \
      intc uintc longlong ulonglong float16 float32 float64 longdouble complex64 complex128 clongdouble str_ \
      bytes_ void datetime64 timedelta64
      """, .value)
  }

  private static func addPandas(_ add: Add) {
    let internals = "pandas._libs.tslibs"
    add(["pandas"], "NA NaT", .value)
    add(["pandas._libs.missing"], "NA", .value)
    add(["\(internals).timestamps"], "_unpickle_timestamp Timestamp", .constructor)
    add(["\(internals).timedeltas"], "_timedelta_unpickle Timedelta", .constructor)
    add(["\(internals).nattype"], "_nat_unpickle", .constructor)
    add(["\(internals).period"], "Period", .constructor)
    add(["pandas._libs.interval"], "Interval", .constructor)
    add(
      ["\(internals).offsets"],
      """
      Day Hour Minute Second Milli Micro Nano MonthEnd MonthBegin Week YearEnd YearBegin QuarterEnd \
      QuarterBegin BusinessDay BusinessMonthEnd BusinessMonthBegin
      """, .constructor)
  }
}
