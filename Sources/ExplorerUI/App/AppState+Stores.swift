import Explorer
import VectorStore

/// What a store is chosen for.
public enum StoreUse: Sendable, Equatable {
  case open
  case merge
  /// Beside the one that is open.
  case compare
}

extension AppState {
  /// Whether a store is open in this tab; there is none before the first was chosen.
  public var hasStore: Bool { !summary.path.isEmpty }

  /// Opening, closing and going to stores.
  mutating func performOnTabs(_ command: Command, argument: String?) -> [Effect] {
    switch command {
    case .openStore:
      guard let argument else { return pickStore(for: .open) }
      return [.open(path: argument, as: nil)]
    case .closeStore:
      guard tabBar.tabs.count > 1 else {
        say("this is the only open store; \(key(.quit)) leaves")
        return []
      }
      leaving = .store
      return quit()
    case .nextStore, .previousStore:
      guard tabBar.tabs.count > 1 else {
        say("no other store is open; \(key(.openStore)) opens one")
        return []
      }
      return [.stepTab(command == .nextStore ? 1 : -1)]
    case .selectStore:
      guard let text = required(argument, for: command) else { return [] }
      let count = max(1, tabBar.tabs.count)
      guard let number = Int(text), 1...count ~= number else {
        say("\"\(text)\" is no open store; they have the numbers 1 to \(count)", .error)
        return []
      }
      return [.selectTab(number - 1)]
    default: return []
    }
  }

  // MARK: Choosing a store

  /// Lists the stores that are known, to choose one.
  mutating func pickStore(for use: StoreUse) -> [Effect] {
    overlays.append(.choose(ChooseOverlay(.stores(folder: nil, use))))
    return [.listStores(folder: nil)]
  }

  /// Enter in the list of stores.
  mutating func takeStore(_ choose: ChooseOverlay, in folder: String?, for use: StoreUse) -> [Effect] {
    switch choose.selected?.meaning {
    case .store(let path)?:
      overlays.removeLast()
      return useStore(path, for: use)
    case .folder(let path)?: return [.listStores(folder: path)]
    default: return choose.typedPath.map { [.pickStore(path: $0, use)] } ?? []
    }
  }

  /// A path that ends in a slash is gone to as it is typed.
  func followPath() -> [Effect] {
    guard case .choose(let choose) = overlays.last, choose.field.text.hasSuffix("/"),
      let path = choose.typedPath
    else { return [] }
    return [.listStores(folder: path)]
  }

  /// What a path that was typed has turned out to be.
  mutating func storePicked(_ path: String, for use: StoreUse) -> [Effect] {
    if case .choose(let choose) = overlays.last, case .stores = choose.purpose { overlays.removeLast() }
    return useStore(path, for: use)
  }

  private mutating func useStore(_ path: String, for use: StoreUse) -> [Effect] {
    switch use {
    case .open: return [.open(path: path, as: nil)]
    case .merge: return planMerge(path)
    case .compare: return compareStores(with: path)
    }
  }

  mutating func planMerge(_ path: String) -> [Effect] {
    overlays.append(.merge(MergeOverlay(path: path, policy: .skip)))
    return [.planMerge(path: path, .skip)]
  }

  /// Shows what a folder holds, and asks what the stores in it are.
  mutating func storesListed(_ listing: FolderListing, asked: String?) -> [Effect] {
    guard case .choose(var choose) = overlays.last, case .stores(_, let use) = choose.purpose,
      asked != nil || choose.items == nil
    else { return [] }
    if let asked {
      // What was typed meanwhile goes on from there.
      let typed = choose.typedPath ?? ""
      choose = ChooseOverlay(.stores(folder: listing.path, use))
      if typed.hasPrefix(asked) {
        choose.field = TextField(String(typed.dropFirst(asked.count).drop { $0 == "/" }))
      }
    }
    choose.items = ChooseOverlay.items(
      listing, isRecent: asked == nil, own: use == .open ? nil : summary.path)
    overlays[overlays.count - 1] = .choose(choose)
    return [.glance(listing.entries.filter { $0.kind == .store }.map(\.path))]
  }

  mutating func glanced(_ glance: StoreGlance) {
    guard case .choose(var choose) = overlays.last, case .stores = choose.purpose,
      let place = choose.items?.firstIndex(where: { $0.meaning == .store(glance.path) })
    else { return }
    choose.items?[place].note = glance.facts(bytes: NumberText.bytes, number: NumberText.grouped)
    overlays[overlays.count - 1] = .choose(choose)
  }

  /// Backspace in an empty line: the folder above.
  func goUp(from choose: ChooseOverlay) -> [Effect] {
    guard case .stores = choose.purpose,
      let above = choose.items?.first(where: { if case .folder = $0.meaning { true } else { false } })?
        .meaning,
      case .folder(let path) = above
    else { return [] }
    return [.listStores(folder: path)]
  }
}
