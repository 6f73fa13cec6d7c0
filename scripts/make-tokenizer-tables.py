#!/usr/bin/env python3
"""Writes Sources/Embeddings/MiniLM/ScalarTableData.swift from a JSON file of scalar classes.

    make-tokenizer-tables.py tok_codepoints.json > Sources/Embeddings/MiniLM/ScalarTableData.swift

The JSON file says what HuggingFace's BERT normaliser does with each Unicode scalar: ranges that are
dropped, that are punctuation, that are Chinese characters; scalars that are spaces; and those that are
mapped to others (decomposed, accents stripped, lower-cased). Hangul syllables are left out of the
mappings: they decompose by arithmetic.
"""
import json
import sys

HANGUL = range(0xAC00, 0xD7A4)


def ranges(values):
    return " ".join(f"{a:x}-{b:x}" if a != b else f"{a:x}" for a, b in values)


def runs(mapped):
    """Groups scalars in steps of 1 or 2 that move by the same distance: (first, last, step, distance)."""
    singles = sorted((key, value[0] - key) for key, value in mapped.items() if len(value) == 1)
    place = 0
    while place < len(singles):
        first, distance = singles[place]
        best = (1, 1)
        for step in (1, 2):
            count = 1
            while place + count < len(singles) and singles[place + count] == (first + step * count, distance):
                count += 1
            best = max(best, (count, step))
        count, step = best
        yield first, first + step * (count - 1), step, distance
        place += count


def wrapped(words, width=104):
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def literal(name, comment, words):
    print(f"  /// {comment}")
    print(f'  static let {name}: StaticString = """')
    for line in wrapped(words):
        print(f"    {line}")
    print('    """')


def main():
    with open(sys.argv[1]) as file:
        data = json.load(file)
    mapped = {int(key): value for key, value in data["mapped"].items() if int(key) not in HANGUL}
    print("// Made by scripts/make-tokenizer-tables.py; do not edit.")
    print()
    print("/// What HuggingFace's BERT normaliser does with each Unicode scalar, in hexadecimal.")
    print("enum ScalarTableData {")
    literal("dropped", "Ranges that vanish: controls, marks.", ranges(data["drop"]).split())
    literal("spaces", "Scalars that part words.", [f"{scalar:x}" for scalar in data["space"]])
    literal("ideographs", "Ranges of Chinese characters, each a word.", ranges(data["cjk"]).split())
    literal("punctuation", "Ranges that are words of their own.", ranges(data["punct"]).split())
    literal(
        "shifted", "Scalars that move by a distance: first, last, step, distance.",
        [f"{a:x}-{b:x}/{step}:{'-' if distance < 0 else ''}{abs(distance):x}" for a, b, step, distance in runs(mapped)])
    literal(
        "decomposed", "Scalars that become several.",
        [f"{key:x}:" + ",".join(f"{v:x}" for v in value) for key, value in sorted(mapped.items()) if len(value) > 1])
    print("}")


main()
