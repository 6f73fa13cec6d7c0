/// The names of Python 2 that pickles of protocol 0 to 2 use for what Python 3 calls otherwise.
///
/// The corresponding tables are in Python's `_compat_pickle`; what is missing here is code anyway.
enum Python2Names {
  static func translate(module: String, name: String) -> (module: String, name: String) {
    switch (module, name) {
    case ("__builtin__", "xrange"): ("builtins", "range")
    case ("__builtin__", "unicode"): ("builtins", "str")
    case ("__builtin__", "long"): ("builtins", "int")
    case ("__builtin__", _): ("builtins", name)
    case ("copy_reg", _): ("copyreg", name)
    case ("UserDict", "UserDict"), ("UserList", "UserList"), ("UserString", "UserString"):
      ("collections", name)
    default: (module, name)
    }
  }
}
