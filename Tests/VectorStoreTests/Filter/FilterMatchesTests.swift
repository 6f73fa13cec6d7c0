import Testing
import VectorStore

@Suite struct FilterMatchesTests {
  private let document: Metadata = [
    "page": 3, "score": 2.5, "source": "State of the Union.txt", "draft": false, "opt": .null,
    "tags": ["Alpha", "beta", 7], "author": ["name": "Ann", "address": ["city": "Ulm"]],
    "a.b": 1, "a": ["b": 2, "c": 3],
  ]

  @Test(arguments: [
    "page = 3", "page = 3.0", "page != 4", "page > 2", "page >= 3", "page < 3.5", "page <= 3",
    "source ~ union", "source ~ UNION", "not source ~ senate", "source not ~ senate",
    "tags ~ alp", "tags ~ 7", "tags has beta", "tags has 7", "tags has 7.0", "author has name",
    "source =~ /^State.*txt$/", "source =~ /union/i", "tags =~ /^be/",
    "page in [1, 2, 3]", "page not in [4]", "source in \"a State of the Union.txt b\"",
    "exists page", "exists opt", "not exists nope", "page", "not draft", "not opt", "tags",
    "opt = none", "nope = none", "nope != 3", "nope not in [3]", "opt is none", "nope is none",
    "page is int", "page is number", "score is float", "source is text", "tags is list", "author is dict",
    "page is not text", "author.name = Ann", "author.address.city = Ulm", "tags = [Alpha, beta, 7]",
    "draft = 0", "page > 1 and page < 5", "page = 1 or page = 3", "not (page = 1 or page = 2)", "true",
    "source > State", "source < T",
  ])
  func holds(text: String) throws {
    #expect(try Filter(parsing: text).matches(document))
  }

  @Test(arguments: [
    "page = \"3\"", "page = 4", "page != 3", "page > 3", "page > \"a\"", "page < \"a\"", "opt > 0",
    "opt <= 0",
    "nope > 0", "nope < 0", "nope ~ a", "page ~ 3", "nope =~ /a/", "page =~ /3/", "tags has Alph",
    "source has S", "tags has [Alpha]", "exists nope", "nope", "opt", "draft", "opt is int",
    "tags in [Alpha, beta]", "source =~ /union/", "author.nope = 1", "page.x = 1", "tags > 3", "false",
    "source in \"State\"", "`author.name` = Ann",
  ])
  func doesNotHold(text: String) throws {
    #expect(try !Filter(parsing: text).matches(document))
  }

  @Test func anExactKeyWithADotWinsOverANestedOne() throws {
    #expect(try Filter(parsing: "a.b = 1").matches(document))
    #expect(try Filter(parsing: "a.c = 3").matches(document))
    #expect(try Filter(parsing: "`a`.`b` = 1").matches(document))
    #expect(try Filter(parsing: "x.y.z = 1").matches(["x": ["y.z": 1]]))
  }

  @Test func aMissingKeyIsTheComplementUnderNot() throws {
    // What passes and what does not always add up to everything.
    for text in ["nope > 3", "nope = 3", "nope ~ a", "page > a", "nope in [1]", "page is text"] {
      let filter = try Filter(parsing: text)
      let negation = try Filter(parsing: "not (\(text))")
      #expect(filter.matches(document) != negation.matches(document), "\(text)")
    }
  }

  @Test(arguments: [
    ("day = 2024-01-31", true), ("day >= 2024-01-31", true), ("day > 2024-01-31", false),
    ("day <= 2024-01-31", true), ("day < 2024-02", true), ("day > \"2023\"", true), ("day = 2024-01", true),
    ("day = 2024-01-31T10:00", true), ("day = \"2024-01-31 10:00:05\"", true),
    ("day > 2024-01-31T10:00:05", false),
    ("day = 2024-01-31T10:00:05.5", false), ("day < 2024-01-31T10:00:05.5", true),
    ("day = 2024-1-31", false), ("day > soon", false), ("day != soon", true), ("day in [2024-01-31]", true),
    ("date = 2024-01-31", true), ("date < 2024-02-01", true), ("date = 2024-01-31T10:00", false),
    ("aware = 2024-01-31T12:30", true), ("aware = 2024-01-31T10:30Z", true),
    ("aware = 2024-01-31T05:30-05:00", true), ("aware > 2024-01-31T10:31Z", false),
    ("day = 2024-01-31T10:00Z", false),
    ("time >= 09:30", true), ("time < 10:00", true), ("time = 09:59:59.25", true),
    ("text >= 2024-01-01", true), ("text < 2024-01-30", true), ("text = 2024-01", false),
  ])
  func aTextComparesWithADateByItsISOSpelling(text: String, expected: Bool) throws {
    let document: Metadata = [
      "day": try MetadataValue(json: #"{"$t":"datetime","iso":"2024-01-31T10:00:05"}"#),
      "date": try MetadataValue(json: #"{"$t":"date","iso":"2024-01-31"}"#),
      "aware": try MetadataValue(json: #"{"$t":"datetime","iso":"2024-01-31T12:30:00+02:00","tz":"x"}"#),
      "time": try MetadataValue(json: #"{"$t":"time","iso":"09:59:59.250000"}"#),
      "text": "2024-01-29",
    ]
    #expect(try Filter(parsing: text).matches(document) == expected)
  }

  @Test func numbersOfEveryKindCompareByValue() throws {
    let document: Metadata = [
      "big": try MetadataValue(json: "100000000000000000000000"),
      "decimal": try MetadataValue(json: #"{"$t":"Decimal","v":"2.50"}"#),
      "numpy": try MetadataValue(
        json: #"{"$t":"numpy.int64","dtype":"<i8","v":-5,"raw_hex":"fbffffffffffffff"}"#),
    ]
    for text in [
      "big = 100000000000000000000000", "big > 99999999999999999999999", "big > 1", "big != 1e23",
      "big > 1e23",
      "decimal = 2.5", "decimal < 3", "numpy = -5", "numpy < 0", "numpy is numpy.int64",
    ] {
      #expect(try Filter(parsing: text).matches(document), "\(text)")
    }
  }

  @Test func textsCompareByCodePointNotByCanonicalForm() throws {
    #expect(try !Filter(parsing: "a = \"\u{e9}\"").matches(["a": "e\u{301}"]))
    // U+FF5E sorts behind U+1F600 in UTF-16, before it in Python.
    #expect(try Filter(parsing: "a < \"\u{1f600}\"").matches(["a": "\u{ff5e}"]))
  }

  @Test func onePatternMayBeUsedFromManyTasks() async throws {
    let filter = try Filter(parsing: "a =~ /(\\d+)-\\1/")
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask { filter.matches(["a": .string(Text("x \(number)-\(number) y"))]) }
      }
      for await matched in group { #expect(matched) }
    }
  }
}
