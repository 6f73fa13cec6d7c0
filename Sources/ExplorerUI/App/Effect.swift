import Diagnosis
import Explorer
import VectorStore

/// The slot an effect runs in.
///
/// Starting an effect cancels the one that runs in its slot.
public enum EffectID: String, Sendable, Hashable, CaseIterable {
  case page, detail, embedder, search, collect, find, edit, build, export, plan, keys, values, choices,
    queries, copy, map, profile, source, health, rows
  case themes, memory, open, arrival, stores, glance
  case pins, mmr, evaluation, comparison
  /// Time that must pass: before a search while typing, before a filter is counted, before and between
  /// two pictures of the spinner.
  case searchDelay, filterDelay, spinner
  /// What the loop does itself.
  case screen

  /// True for waiting, which is no work and shows no spinner.
  var isTimer: Bool { self == .searchDelay || self == .filterDelay || self == .spinner || self == .screen }
}

/// Something to be done outside the state, as data.
public enum Effect: Sendable, Equatable {
  case wait(EffectID, milliseconds: Int)
  case cancel(EffectID)

  case loadPage(generation: Int, offset: Int, limit: Int, filter: Filter?, order: RowOrder = .standard)
  case loadDetail(DocumentID)
  case search(generation: Int, SearchRequest)
  /// Goes through the rows of a list to mark them; `range` counts places in the filtered list, nil is all.
  case collect(range: ClosedRange<Int>?, filter: Filter?, Marks.Change, order: RowOrder = .standard)
  /// Looks for text in contents and ids, from a place of the filtered list on, around its end.
  case find(text: String, from: Int, backwards: Bool, filter: Filter?, order: RowOrder = .standard)

  /// Says where documents stand for a query; how MMR chooses.
  case locate(generation: Int, SearchRequest, [DocumentID])
  case explainMMR(generation: Int, SearchRequest)
  /// Asks a file of questions with several settings; measures an approximate index, with a file's questions.
  case evaluate(file: String, [EvaluationSetting])
  case tune(TuningRequest, file: String?)
  /// Looks what lies between this store and another, with a file of questions.
  case compareStores(path: String, questions: String?)

  /// Looks for the embedder of the store.
  case findEmbedder
  /// Answers text with another embedder; nil looks for the one that fits.
  case useEmbedder(EmbedderName?)

  /// The metadata keys of the store, and the values of one, for completion.
  case loadKeys
  case loadValues(of: String)

  /// The same under a filter, for a list to choose from; the names of this session's edits.
  case loadFacets(of: String, filter: Filter?)
  case loadEditNames
  /// The queries of earlier sessions; keeping one for later.
  case recall
  case rememberQuery(String)
  /// Keeps the columns and the order of the list.
  case rememberList(columns: [String]?, order: String?)
  /// The chunk before or after a document in its source.
  case findChunk(DocumentID, step: Int, filter: Filter?, order: RowOrder = .standard)
  /// Where a row stands in the list.
  case findRow(Int, filter: Filter?, order: RowOrder = .standard)
  /// The whole source that a document is a chunk of.
  case loadSource(DocumentID)
  /// What the metadata holds, key by key.
  case loadProfile(filter: Filter?)
  /// The vectors in a plane; marking those of a part of it.
  case drawMap(MapRequest)
  case collectRegion(MapRegion, filter: Filter?)

  case delete([DocumentID])
  case edit([DocumentID], MetadataEdit)
  case undo
  case redo
  /// Takes back, or makes again, so many edits.
  case travel(Int)
  case planMerge(path: String, DuplicatePolicy)
  case merge(path: String, DuplicatePolicy)
  /// Appends documents from a file, a folder or a glob.
  case add(files: String)
  /// Makes another store from files.
  case build(path: String, files: String)
  /// Writes documents or results into a file; `replacing` takes the place of one that is there.
  case export(ExportRequest, path: String, replacing: Bool = false)
  case planChanges
  /// `overwriting` puts the store in the place of files that another program has written.
  case save(path: String?, overwriting: Bool = false)
  case reload
  /// Edits that an earlier session left unsaved: what they would change, made again, forgotten.
  case planRecovery
  case recover
  case discardRecovery

  /// Looks what is wrong with the store.
  case examine
  /// Reads documents by row, of one revision of the store.
  case loadRows([Int], revision: Int)
  /// Marks documents by row.
  case markRows([Int], revision: Int)
  /// Marks all documents of groups but one of each.
  case markRest([[Int]], KeepRule, kept: [Int: Int], revision: Int)
  /// Does what fixes findings, as one edit.
  case repair([Diagnosis.Finding], revision: Int)

  /// Gives a document other content, embedded again.
  case setContent(DocumentID, String)

  /// Opens a store for a tab of its own; nil until one is named.
  case open(path: String, as: TabID?)
  /// Reads the store of this tab, of which only the first documents are there, to its end.
  case arrive
  /// The stores opened before, or what a folder holds.
  case listStores(folder: String?)
  /// Sees what a path is that was typed.
  case pickStore(path: String, StoreUse)
  /// Looks what stores are, without opening them.
  case glance([String])
  /// Goes to another tab.
  case selectTab(Int)
  case stepTab(Int)
  /// Ends the store's session in this tab, which is gone already.
  case close(dropping: Bool)
  /// Nobody leaves after all.
  case stay

  /// Reads all themes, to wear the one of a name, or to choose from them.
  case loadThemes(choosing: String?)
  /// Keeps what was chosen about the screen for the next start.
  case remember(ScreenMemory)
  case hearMouse(Bool)
  /// Makes a text of documents, and puts it where it can be pasted from.
  case copy(CopySubject, [DocumentID])
  /// The same with a text that is there already.
  case copyText(String, title: String)
  /// Asks the terminal to take it; into a file when it is too long for that.
  case sendToTerminal(String, title: String)
  case keepCopy(String, title: String)

  case redraw
  case suspend
  /// Lets the person edit a document's content in their editor, which has the terminal meanwhile.
  case compose(DocumentID, String)
  case quit(Leaving)

  /// The slot it runs in.
  public var id: EffectID {
    switch self {
    case .wait(let id, _), .cancel(let id): id
    case .loadPage: .page
    case .loadDetail: .detail
    case .findEmbedder, .useEmbedder: .embedder
    case .search: .search
    case .collect, .collectRegion, .markRows, .markRest: .collect
    case .examine: .health
    case .loadRows: .rows
    case .find, .findChunk, .findRow: .find
    case .loadSource: .source
    case .loadProfile: .profile
    case .drawMap: .map
    case .loadFacets, .loadEditNames: .choices
    case .recall, .rememberQuery, .rememberList: .queries
    case .loadKeys: .keys
    case .loadValues: .values
    case .delete, .edit, .undo, .redo, .travel, .merge, .add, .save, .reload, .recover, .discardRecovery,
      .setContent, .repair:
      .edit
    case .build: .build
    case .export: .export
    case .planMerge, .planChanges, .planRecovery: .plan
    case .loadThemes: .themes
    case .open: .open
    case .arrive: .arrival
    case .listStores, .pickStore: .stores
    case .glance: .glance
    case .locate: .pins
    case .explainMMR: .mmr
    case .evaluate, .tune: .evaluation
    case .compareStores: .comparison
    case .remember: .memory
    case .copy, .copyText, .keepCopy: .copy
    case .hearMouse, .redraw, .suspend, .compose, .quit, .sendToTerminal, .selectTab, .stepTab,
      .close, .stay:
      .screen
    }
  }

  /// What it is called while it runs.
  var title: String {
    switch self {
    case .loadPage: "reading documents"
    case .loadDetail: "reading a document"
    case .findEmbedder, .useEmbedder: "looking for the embedder"
    case .search: "searching"
    case .collect, .collectRegion, .markRows, .markRest: "marking"
    case .examine: "examining"
    case .loadRows: "reading documents"
    case .repair: "fixing"
    case .find, .findChunk, .findRow: "looking"
    case .loadSource: "putting the source together"
    case .loadProfile: "reading the metadata"
    case .drawMap: "drawing the map"
    case .loadFacets, .loadEditNames: "counting"
    case .recall, .rememberQuery, .rememberList: ""
    case .loadKeys: "reading metadata keys"
    case .loadValues: "counting values"
    case .delete: "deleting"
    case .edit, .setContent: "editing"
    case .undo: "taking back"
    case .redo: "making again"
    case .travel: "going to another edit"
    case .planMerge: "looking at the other store"
    case .merge(let path, _): "merging \(Self.name(path))"
    case .add(let files): "adding \(Self.name(files))"
    case .build(let path, _): "building \(Self.name(path))"
    case .export(_, let path, _): "exporting \(Self.name(path))"
    case .planChanges, .planRecovery: "comparing"
    case .recover: "making edits again"
    case .discardRecovery: "forgetting edits"
    case .save: "saving"
    case .reload: "reading the store again"
    case .loadThemes: "reading themes"
    case .remember: "keeping what was chosen"
    case .open(let path, _): "opening \(Self.name(path))"
    case .arrive: "reading the store"
    case .listStores, .pickStore, .glance: "looking for stores"
    case .copy, .copyText, .keepCopy: "copying"
    case .locate: "looking for the pinned documents"
    case .explainMMR: "choosing by MMR"
    case .evaluate(let file, _): "asking the questions of \(Self.name(file))"
    case .tune: "tuning"
    case .compareStores(let path, _): "comparing with \(Self.name(path))"
    case .wait, .cancel, .hearMouse, .redraw, .suspend, .compose, .quit, .sendToTerminal, .selectTab,
      .stepTab, .close, .stay:
      ""
    }
  }

  /// Whether it can be done while only the first documents are there.
  var needsOnlyFirst: Bool {
    switch self {
    case .loadPage(_, _, _, let filter, let order): filter == nil && order == .standard
    case .search(_, let request): request.filter == nil && !request.query.isText
    case .loadDetail(let id): id != .pending
    case .wait, .cancel: true
    default: !needsStore
    }
  }

  /// Whether it reads or changes the store that is open.
  private var needsStore: Bool {
    switch id {
    case .themes, .memory, .open, .arrival, .stores, .glance, .searchDelay, .filterDelay, .spinner, .screen:
      false
    default: true
    }
  }

  /// The last part of a path.
  private static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
