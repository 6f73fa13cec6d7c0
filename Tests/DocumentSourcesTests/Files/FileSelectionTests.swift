import DocumentSources
import Foundation
import Testing

@Suite struct FileSelectionTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in [
      "b.txt", "a.md", "Z.TXT", "c.jsonl", "picture.png", "page.html", "noending", ".hidden.txt",
      "deep/x.csv", "deep/er/y.tsv", "deep/er/w.json", ".git/config.txt", "deep/.cache/z.txt", "é.rst",
    ] { try folder.write(name, "x") }
  }

  @Test func foldersGiveKnownFilesSorted() throws {
    let selection = try FileSelection([folder.path])
    #expect(
      folder.names(selection) == [
        "Z.TXT", "a.md", "b.txt", "c.jsonl", "deep/er/w.json", "deep/er/y.tsv", "deep/x.csv", "é.rst",
      ])
    #expect(selection.files.map(\.kind) == [.text, .markdown, .text, .jsonLines, .json, .tsv, .csv, .text])
    #expect(
      Set(selection.passedOver.map { $0.split(separator: "/").last }) == [
        "picture.png", "page.html", "noending",
      ])
  }

  @Test func slashesBehindAFolderAreKeptOnce() throws {
    let selection = try FileSelection([folder.path + "/deep/"])
    #expect(folder.names(selection) == ["deep/er/w.json", "deep/er/y.tsv", "deep/x.csv"])
  }

  @Test func linksThatLoopEnd() throws {
    try folder.link("deep/loop", to: folder.path)
    try folder.link("deep/self", to: "self")
    try folder.link("gone.txt", to: "nowhere.txt")
    let selection = try FileSelection([folder.path])
    #expect(folder.names(selection).count == 8 && selection.passedOver.count == 5)
    #expect(folder.names(try FileSelection([folder.path + "/**/*.tsv"])) == ["deep/er/y.tsv"])
  }

  @Test func linksToFilesAndFoldersAreFollowedOnce() throws {
    let other = try TemporaryFolder()
    try other.link("here", to: folder.path + "/deep")
    try other.link("again", to: folder.path + "/deep")
    #expect(
      other.names(try FileSelection([other.path])) == ["again/er/w.json", "again/er/y.tsv", "again/x.csv"])
  }

  @Test func namesThatAreNotUTF8ArePassedOver() throws {
    let other = try TemporaryFolder()
    try other.write("a.txt", "x")
    let bytes =
      Array("\(other.path)/".utf8) + Array("\u{ff}.txt".unicodeScalars.map { UInt8($0.value) }) + [0]
    let descriptor = open(bytes.map(CChar.init(bitPattern:)), O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    let selection = try FileSelection([other.path])
    #expect(other.names(selection) == ["a.txt"] && selection.passedOver.count == 1)
  }

  @Test func theSameFileIsTakenOnce() throws {
    let file = folder.path + "/b.txt"
    let selection = try FileSelection([file, folder.path + "/deep/../b.txt", folder.path + "/*.txt"])
    #expect(folder.names(selection) == ["b.txt"])
  }

  @Test func globsGiveSortedKnownFiles() throws {
    #expect(folder.names(try FileSelection([folder.path + "/*.[tm][xd]*"])) == ["a.md", "b.txt"])
    let everywhere = try FileSelection([folder.path + "/**/*.?s*"])
    #expect(
      folder.names(everywhere) == ["c.jsonl", "deep/er/w.json", "deep/er/y.tsv", "deep/x.csv", "é.rst"])
    let all = try FileSelection([folder.path + "/**"])
    #expect(all.files.count == 8 && all.passedOver.count == 3)
    #expect(folder.names(try FileSelection([folder.path + "/.h*"])) == [".hidden.txt"])
  }

  @Test func aNameWithGlobCharactersThatExistsIsNoGlob() throws {
    let path = try folder.write("a[1].txt", "x")
    #expect(try FileSelection([path]).files == [SourceFile(path: path, kind: .text)])
  }

  @Test func theKindCanBeChosen() throws {
    let path = folder.path + "/noending"
    #expect(try FileSelection([path], kind: .csv).files == [SourceFile(path: path, kind: .csv)])
    #expect(try FileSelection(["-"], kind: .jsonLines).files == [SourceFile(path: "-", kind: .jsonLines)])
    #expect(folder.names(try FileSelection([folder.path + "/*.html"], kind: .text)) == ["page.html"])
    #expect(try FileSelection([folder.path], kind: .text).files.count == 8)
  }

  @Test(arguments: [
    ("missing.txt", SourceError.Code.unreadable, "No such file"), ("picture.png", .binary, "not text"),
    ("page.html", .unknownKind, "pandoc"), ("noending", .unknownKind, "no ending"),
    ("*.nothing", .noFiles, "pattern"),
    ("*.png", .noFiles, "only 1 others"), ("b.txt/x", .unreadable, "Not a directory"),
  ])
  func whatGivesNothingIsAnError(name: String, code: SourceError.Code, words: String) {
    #expect {
      try FileSelection([folder.path + "/" + name])
    } throws: { thrown in
      guard let error = thrown as? SourceError else { return false }
      return error.code == code && error.message.contains(words) && error.file?.hasSuffix(name) == true
    }
  }

  @Test func theStandardInputNeedsAKind() {
    #expect { try FileSelection(["-"]) } throws: { ($0 as? SourceError)?.code == .unknownKind }
  }

  /// The superuser may read everything.
  @Test(.enabled(if: geteuid() != 0))
  func foldersWithoutPermissionAreNamed() throws {
    let closed = folder.path + "/deep/er"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
    for argument in [folder.path, closed, folder.path + "/**/*.txt"] {
      #expect {
        try FileSelection([argument])
      } throws: { thrown in
        guard let error = thrown as? SourceError else { return false }
        return error.code == .unreadable && error.message.contains("Permission denied")
          && error.file?.contains("deep/er") == true
      }
    }
  }
}
