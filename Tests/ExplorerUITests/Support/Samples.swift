import VectorStore

/// Small stores whose screens are easy to read.
enum Samples {
  static let animals: [Document] = [
    document(
      "8164a453-9643-4959-87f7-9ba79f9e8fb0", "Cats sleep for most of the day and hunt at dusk", 1, "en"),
    document("4fbcf8a2-0d1e-4c8a-9d53-6a2c8f1f7f10", "Dogs chase cats through the garden", 1, "en"),
    document("90b1c2d7-5a0b-4b8e-8d2c-1f6f0a7b3c42", "Katzen schlafen gern auf warmen Steinen", 2, "de"),
    document("1c9e0b44-7f63-4e2a-bb0d-3c5d9e8a1f27", "Birds sing before sunrise", 2, "en"),
    document("d2f7a310-6b1c-4f7d-a9e8-0b4c2d6e8f15", "The old cat and the young dog share one bowl", 3, "en"),
    document("a9913f0e-2c4d-4a6b-8e7f-5d3c1b9a7e66", "--- 17 ---", 3, "en"),
    document("5e7710cd-8a9b-4c0d-9e1f-2a3b4c5d6e77", "Les chats dorment au soleil", 4, "fr"),
    document("b07d2c19-3e4f-4b5a-8c6d-7e8f9a0b1c88", "Fish do not sleep as cats do", 4, "en"),
  ]

  /// Text of other scripts, and text that would harm a terminal.
  static let foreign: [Document] = [
    document("cjk00001", "漢字とかな混じりの文章は二桁幅で並びます", 1, "ja"),
    document("cjk00002", "한국어 문서 plain tail", 2, "ko"),
    document("emoji001", "😀 smile 👩‍👩‍👧‍👦 family 🇩🇪 flag ✈️ plane", 3, "en"),
    document("ctl00001", "red \u{1B}[31m alert\u{7} bell\ttab \u{9B}2J and \u{202E}gnp.exe", 4, "en"),
    document("comb0001", "Zoe\u{308} and e\u{301}te\u{301} and a\u{200B}b", 5, "fr"),
    document("line0001", "first line\nsecond line\r\nthird line", 6, "en"),
  ]

  /// As many documents as asked for, all different.
  static func many(_ count: Int) -> [Document] {
    (0..<count).map { number in
      let digits = String(number, radix: 16)
      let id = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
      return document(id, "document number \(number) of many", number / 10, number % 3 == 0 ? "de" : "en")
    }
  }

  static func document(_ id: String, _ content: String, _ page: Int, _ lang: String) -> Document {
    Document(
      id: DocumentID(id), content: Text(content),
      metadata: ["page": .int(page), "lang": .string(Text(lang)), "source": "animals.txt"])
  }
}
