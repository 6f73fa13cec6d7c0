import Diagnosis
import Explorer
import Terminal
import VectorStore

/// Everything that can happen to the state.
public enum Action: Sendable, Equatable {
  /// The screen is up: load what it shows.
  case start
  case event(Event)
  case command(Command, argument: String? = nil)

  case elapsed(EffectID)
  /// So much time went by while something ran.
  case passed(milliseconds: Int)
  case progress(EffectID, Progress)
  /// The effect that runs in a slot has ended, well or not. Sent by the loop, after all its other actions.
  case finished(EffectID)
  case failed(EffectID, String)

  case pageLoaded(generation: Int, Page)
  case detailLoaded(DocumentDetail)
  case searched(generation: Int, SearchResult)
  case located(generation: Int, WhereaboutsReport)
  case mmrExplained(generation: Int, MMRExplanation)
  case evaluated(Evaluation)
  case tuned(TuningCurve)
  case compared(StoreComparison)
  case collected([Marks.Mark], Marks.Change)
  /// The place in the filtered list where text was found; nil when it is nowhere.
  case found(text: String, place: Int?)
  /// The embedder of the store is known now.
  case embedderFound(EmbedderStatus)
  /// All themes, to wear the one of a name, or to choose from.
  case themesLoaded([Theme], choosing: String?)
  case keysLoaded([KeyCount])
  case valuesLoaded(of: String, [Facet])
  case facetsLoaded(of: String, [Facet])
  case editNamesLoaded(EditNames)
  /// What earlier sessions kept of this store.
  case recalled(StoreMemory)
  /// The chunk before or after a document; nil at the ends of its source.
  case chunkFound(PlacedRow?, step: Int)
  case rowFound(PlacedRow)
  /// The whole source that a document is a chunk of; nil when it names none.
  case sourceLoaded(DocumentID, SourceText?)
  case profileLoaded(MetadataProfile)
  case mapDrawn(MapRequest, MapView)
  /// A program took what was copied; `place` says which, or what else became of it.
  case copied(String, bytes: Int, place: String)
  /// No program did: the terminal is to be asked.
  case copyPrepared(String, title: String)
  /// The store is another one now: an edit, its undo, a save or a reload.
  case changed(StoreSummary, StoreChange)
  case mergePlanned(MergePlan)
  /// Another store was made; the one on the screen is as it was.
  case built(AddReport, path: String)
  case exported(ExportReport)
  /// There is a file already where an export was to go.
  case exportRefused(ExportRequest, path: String)
  case changesPlanned(ChangePlan)
  /// A save was refused, because another program has written the files since they were opened.
  case saveRefused
  /// A store is open for a tab of its own, with what an earlier session left unsaved.
  case opened(TabID, StoreSummary, UnsavedReport?)
  /// The store of this tab, of which only the first documents were there, is there whole.
  case arrived(StoreSummary, UnsavedReport?)
  /// The store that was to be opened is in this tab.
  case alreadyOpen(TabID)
  /// The stores in the folder that was asked for; nil for those opened before.
  case storesListed(FolderListing, asked: String?)
  /// A path that was typed is a store.
  case storePicked(path: String, StoreUse)
  /// What a listed store is.
  case glanced(StoreGlance)
  /// What is wrong with the store.
  case examined(HealthOutcome)
  /// The documents that a window waits for.
  case rowsLoaded([Row])
  /// The person has written other content for a document.
  case composed(DocumentID, String)
}

/// What was done to the store, for the message that says so.
public enum StoreChange: Sendable, Equatable {
  case deleted([DocumentID])
  case undone(String?)
  case redone(String?)
  /// So many edits were taken back, or made again.
  case travelled(Int)
  case merged(String)
  case added(AddReport)
  case edited(Int)
  case repaired(RepairReport)
  case saved(SaveReport)
  case reloaded
  /// Edits of an earlier session were made again.
  case recovered
  case recoveryDiscarded
}
