"""Compares `fathom embed --tokens` with HuggingFace's BERT tokenizer, id by id, on random Unicode strings.

Run by check-tokenizer.sh. The strings are seeded, so a difference can be looked at again.
"""
import json
import os
import random
import subprocess
import sys

from tokenizers import BertWordPieceTokenizer

RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xFF), (0x100, 0x24F), (0x250, 0x36F),
    (0x370, 0x3FF), (0x400, 0x52F), (0x530, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F),
    (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x2BFF), (0x3000, 0x30FF), (0x3400, 0x9FFF),
    (0xA000, 0xABFF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xF900, 0xFFFD), (0x10000, 0x1FFFF),
    (0x1F300, 0x1FAFF), (0x20000, 0x2FA1F), (0xE0000, 0xE01EF), (0x0, 0x10FFFF),
]
PIECES = ["[CLS]", "[SEP]", "[UNK]", "[PAD]", "[MASK]", "[cls]", "##ing", "don't", "e\u0301", "ΟΔΟΣ", "İstanbul",
          "a" * 101, "ﬁnal", "½", "👩‍👩‍👧‍👦", "\u0000", "\ufeff", "\u0085", "東京タワー", "한국어"]


def scalar(random):
    while True:
        low, high = random.choice(RANGES)
        value = random.randint(low, high)
        if not 0xD800 <= value <= 0xDFFF:
            return chr(value)


def text(random):
    parts = []
    for _ in range(random.randint(0, 24)):
        kind = random.random()
        if kind < 0.15:
            parts.append(random.choice(PIECES))
        elif kind < 0.4:
            parts.append("".join(chr(random.randint(97, 122)) for _ in range(random.randint(1, 12))))
        else:
            parts.append("".join(scalar(random) for _ in range(random.randint(1, 8))))
        if random.random() < 0.5:
            parts.append(" ")
    return "".join(parts)


def main():
    count = int(sys.argv[1])
    generator = random.Random(20260923)
    texts = [text(generator) for _ in range(count)]
    reference = BertWordPieceTokenizer(os.path.join(os.environ["MODEL_DIR"], "vocab.txt"), lowercase=True)
    reference.enable_truncation(256)
    expected = [encoding.ids for encoding in reference.encode_batch(texts)]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    answer = subprocess.run(
        [os.environ["FATHOM_BIN"], "embed", "--tokens", "--json"], input=lines, capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"check-tokenizer: {answer.stderr}")
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    wrong = [n for n in range(count) if n >= len(found) or found[n] != expected[n]]
    for number in wrong[:5]:
        print(f"text {number}: {texts[number]!r}\n  expected {expected[number]}\n  found    {found[number]}")
    print(f"check-tokenizer: {count - len(wrong)} of {count} strings have equal ids")
    sys.exit(1 if wrong else 0)


main()
