#!/usr/bin/env python3
"""The twin of Sources/Embeddings/HashingEmbedder.swift, written from its contract alone.

    hashing_embedder.py --dimension 256 "some text" …     prints one JSON array a text
    hashing_embedder.py --fixture                         prints the fixture of EmbeddingsTests

It needs no package. scripts/make-sample-data.py and the interoperability test import it.
"""
import argparse
import array
import json
import math
import unicodedata

SINGLE_WORD_RANGES = (
    (0x3005, 0x3007), (0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x323AF),
)


def is_single_word(character):
    return any(first <= ord(character) <= last for first, last in SINGLE_WORD_RANGES)


def words(text):
    found, run = [], ""
    for character in text:
        character = character.lower()[0]
        category = unicodedata.category(character)[0]
        if category == "M":
            run += character if run else ""
            continue
        alone = category in "LN" and is_single_word(character)
        if category in "LN" and not alone:
            run += character
            continue
        if run:
            found.append(run)
            run = ""
        if alone:
            found.append(character)
    return found + [run] if run else found


def length_factor(word):
    if len(word) == 1 and is_single_word(word):
        return 1.0
    return {1: 0.1, 2: 0.1, 3: 0.2, 4: 0.5}.get(len(word), 1.0)


def features(text):
    """The features with their weights, in order, repeats included."""
    previous = None
    for word in words(text):
        factor = length_factor(word)
        yield "w:" + word, factor
        if previous is not None:
            yield "p:" + previous + " " + word, 0.5 * min(factor, length_factor(previous))
        framed = "^" + word + "$"
        for i in range(len(framed) - 2):
            yield "t:" + framed[i:i + 3], 0.3 * factor
        previous = word
    if previous is None:
        symbols = [c for c in (c.lower()[0] for c in text) if unicodedata.category(c)[0] not in "ZC"]
        yield from (("c:" + symbol, 1.0) for symbol in symbols)
        if not symbols:
            yield "e:", 1.0


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def embed(text, dimension):
    """The vector as a list of floats, each exactly a Float32."""
    counts, weights = {}, {}
    for feature, weight in features(text):
        key = fnv1a(feature.encode("utf-8"))
        counts[key] = counts.get(key, 0) + 1
        weights[key] = max(weight, weights.get(key, 0.0))
    sums = [0.0] * dimension
    for key, count in counts.items():
        damped = weights[key] * (1 + math.log(count))
        sums[key % dimension] += -damped if key >> 63 else damped
    norm = math.sqrt(sum(x * x for x in sums))
    return list(array.array("f", (x / norm for x in sums) if norm > 0 else sums))


FIXTURE = [
    (8, ""),
    (8, " \t\u200b\n"),
    (8, " \t— …!!!Ⓐ"),
    (8, "☕️☕️👍🏽"),
    (4, "a"),
    (1, "one dimension is enough for a sign"),
    (16, "The harbour master's lamp is lit at dusk."),
    (16, "the HARBOUR Master S LAMP is lit at dusk"),
    (32, "İstanbul, Straße, ΣΊΣΥΦΟΣ, ǅ, naïve cafe\u0301, Ⅻ, x², 5th"),
    (32, "灯台の光は、港まで届く。カメラ・ｶﾒﾗ ー 々〇"),
    (32, "등대의 불빛 and a tram"),
    (24, "नमस्ते दुनिया ก็ดี"),
    (24, "tea ☕️ at 4\ufe0f\u20e3 o'clock \U0001F468\u200D\U0001F373 zero\u200bwidth \ue000 private"),
    (16, "the three lanterns; three the the"),
    (7, "row row row your boat, row row row"),
    (64, "one\x1b[31mred\x00nul\x85line"),
    (384, "Soak the rice for half an hour, drain it, and only then light the stove."),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--fixture", action="store_true")
    options = parser.parse_args()
    if options.fixture:
        cases = [{"dimension": d, "text": t, "words": words(t), "vector": embed(t, d)} for d, t in FIXTURE]
        print("[" + ",\n".join(json.dumps(case) for case in cases) + "]")
    for text in options.texts:
        print(json.dumps(embed(text, options.dimension)))


if __name__ == "__main__":
    main()
