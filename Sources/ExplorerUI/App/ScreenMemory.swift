import Explorer

/// What the screen remembers from one start to the next, in `$XDG_STATE_HOME/fathom/screen.json`.
public struct ScreenMemory: Sendable, Equatable, Codable {
  public var theme: String?
  public var mouse: Bool?
  var shares: PaneShares?
  public var hasSeenTour: Bool?

  public init() {}

  /// What was remembered in a state folder; nothing where no file is, or one that says something else.
  public static func read(folder: String) -> ScreenMemory { file(in: folder).read() ?? ScreenMemory() }

  /// Replaces the file whole, or leaves it as it was.
  public func write(folder: String) throws(ExplorerError) { try Self.file(in: folder).write(self) }

  private static func file(in folder: String) -> StateFile<ScreenMemory> {
    StateFile("screen.json", in: folder)
  }
}

/// Carries out what concerns the screen itself, and leaves all else to the store's performer.
public struct ScreenPerformer: Performer {
  private let library: ThemeLibrary
  /// Where choices are kept.
  private let folder: String
  private let store: any Performer

  public init(library: ThemeLibrary, folder: String, store: any Performer) {
    self.library = library
    self.folder = folder
    self.store = store
  }

  public func perform(_ effect: Effect, in tab: TabID, send: @escaping @Sendable (Action) -> Void)
    async throws
  {
    switch effect {
    case .loadThemes(let name):
      // A theme with mistakes in it is shown as far as it goes; its mistakes are said when it is chosen.
      send(.themesLoaded(library.names.map { library.theme($0).theme }, choosing: name))
    case .remember(let memory): try memory.write(folder: folder)
    default: try await store.perform(effect, in: tab, send: send)
    }
  }

  public func close(_ tab: TabID, dropping: Bool) { store.close(tab, dropping: dropping) }
}
