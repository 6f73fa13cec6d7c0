#!/usr/bin/env python3
"""Records what LangChain's text splitters answer, as Tests/Fixtures/splitters/*.json.

    scripts/make-splitter-fixtures.py                       writes the fixtures
    scripts/make-splitter-fixtures.py TEXT OUT SIZE:OVERLAP…  records one file to OUT instead

The first run installs langchain-text-splitters into .venv-splitters at the top of the repository.
The result is the same bytes every time for one version of the package.
"""
import itertools
import json
import logging
import os
import random
import subprocess
import sys
import venv
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
ENVIRONMENT = TOP / ".venv-splitters"
OUT = TOP / "Tests" / "Fixtures" / "splitters"

if Path(sys.prefix) != ENVIRONMENT:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "langchain-text-splitters"], check=True)
    os.execv(python, [str(python), *sys.argv])

from importlib.metadata import version

from langchain_text_splitters import CharacterTextSplitter, RecursiveCharacterTextSplitter

BLANKS = "".join(chr(c) for c in range(0x110000) if chr(c).isspace())


class Warnings(logging.Handler):
    def __init__(self):
        super().__init__()
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def texts():
    return {
        "empty": "",
        "blank": " \n\n\t \n",
        "one word": "word",
        "paragraphs": "One paragraph.\n\nAnother one, longer.\n\nA third.\n\n\n\nBehind a gap.\n\nLast",
        "lines": "alpha\nbeta gamma\n\ndelta\n epsilon zeta eta \n\n\ntheta",
        "long words": "short pneumonoultramicroscopicsilicovolcanoconiosis short " + "x" * 60 + " end",
        "long paragraph": "tiny\n\n" + "word " * 30 + "\n\ntiny\n\n" + "y" * 90,
        "repeats": "a b a b a b\n\na b a b\n\na b a b a b\n\na b",
        "crlf": "first line\r\nsecond line\r\n\r\nthird\r\n\r\n\r\nfourth",
        "separators at the ends": "\n\n\nstart and end\n\nmiddle\n\n",
        "overlapping separators": "aaa\n\n\nbbb\n\n\n\n\nccc",
        "cjk": "これは日本語の文章です。句読点で分けます。\n\n中文文本也可以分割。没有空格的长句子需要按字符切分\n\n한국어 문장",
        "emoji": "👩‍👩‍👧‍👦 family 🇩🇪🇫🇷 flags 👍🏽 thumbs\n\n❤️ heart 🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag",
        "combining": "cafe\u0301 cafe\u0301 e\u0301e\u0301\n\n\u0301starts with a mark a\u0323\u0302 Zalgo\u0335\u0321\u0322 x",
        "every blank": BLANKS + "text" + BLANKS + "more\n\n" + BLANKS + "end" + BLANKS,
        "no blanks to strip": "\u200bzero width\u200b\n\n\ufeffmark\u180e\n\n\u2060joiner",
        "surrogates": "lone \ud800 high\n\n\udc00 low and \udfff",
        "nul": "a\x00b\n\nc\x00\x00d e\x1cf",
        "markdown": "# Title\n\nSome *text*.\n\n## Part\n\n- one\n- two\n\n```swift\nlet x = 1\n```\n\n| a | b |\n",
        "dots": "One. Two. Three... Four? Five.* [six] (seven)",
    }


def random_texts():
    source = random.Random(20240607)
    alphabets = ["ab \n", "abc   \n\n\t", "xyé\u0301 \n日本👍🏽", "a\r\n ", "word. \u00a0\u3000\n"]
    for number in range(40):
        length = source.choice([5, 20, 60, 150])
        yield f"random {number}", "".join(source.choices(source.choice(alphabets), k=length))


def answer(splitter, text, options, handler):
    handler.messages = []
    documents = splitter.create_documents([text])
    return {
        **options,
        "chunks": [d.page_content for d in documents],
        "start_index": [d.metadata["start_index"] for d in documents],
        "warnings": handler.messages,
    }


def record(name, options, handler):
    sizes = {"chunk_size": options["chunk_size"], "chunk_overlap": options["chunk_overlap"]}
    common = {**sizes, "add_start_index": True, "strip_whitespace": options["strip"]}
    keep = {"dropped": False, "start": "start", "end": "end"}[options["keep"]]
    if name == "character":
        return CharacterTextSplitter(options["separator"], keep_separator=keep, **common)
    return RecursiveCharacterTextSplitter(options["separators"], keep_separator=keep, **common)


def options_for(name, number, source):
    """The default separator always, others and the rarer settings by chance."""
    sizes = [(10, 0), (10, 3), (25, 5), (25, 25), (100, 20), (1, 0), (1, 1), (7, 6)]
    if name == "character":
        first = {"separator": "\n\n"}
        others = [{"separator": s} for s in ["\n", " ", "", "。", ".", "a", "aa", "\r\n", "\n\n\n", "b a", "\u0301"]]
    else:
        first = {"separators": None}
        others = [{"separators": s} for s in [["\n\n", "\n"], [" "], [""], ["", "\n"], [".", " ", ""], ["a", "\n\n", "b"]]]
    for separators in [first, source.choice(others), source.choice(others)]:
        for size, overlap in source.sample(sizes, 2):
            rare = source.random()
            yield {
                **separators,
                "chunk_size": size,
                "chunk_overlap": overlap,
                "strip": rare > 0.15,
                "keep": source.choice(["dropped", "start", "end"])
                if rare < 0.5
                else ("dropped" if name == "character" else "start"),
            }


def refusals():
    for size, overlap in itertools.product([-1, 0, 1, 10], [-1, 0, 1, 10, 11]):
        try:
            CharacterTextSplitter(chunk_size=size, chunk_overlap=overlap)
            accepted = True
        except ValueError:
            accepted = False
        yield {"chunk_size": size, "chunk_overlap": overlap, "accepted": accepted}


def write(path, value):
    path.write_text(json.dumps(value, indent=0, ensure_ascii=True) + "\n", encoding="ascii")
    print(f"{path}: {len(value.get('cases', []))} cases, {path.stat().st_size} bytes")


def main():
    handler = Warnings()
    logger = logging.getLogger("langchain_text_splitters.base")
    logger.addHandler(handler)
    logger.propagate = False
    package = f"langchain-text-splitters {version('langchain-text-splitters')}"

    if len(sys.argv) > 1:
        text = Path(sys.argv[1]).read_bytes().decode("utf-8")
        cases = {"character": [], "recursive": []}
        for name, pair in itertools.product(cases, sys.argv[3:]):
            size, overlap = map(int, pair.split(":"))
            default = {"separator": "\n\n"} if name == "character" else {"separators": None}
            keep = "dropped" if name == "character" else "start"
            options = {**default, "chunk_size": size, "chunk_overlap": overlap, "strip": True, "keep": keep}
            splitter = record(name, options, handler)
            cases[name].append({"text": text, **answer(splitter, text, options, handler)})
        write(Path(sys.argv[2]), {"made_with": package, "cases": cases["character"] + cases["recursive"]})
        return

    OUT.mkdir(parents=True, exist_ok=True)
    every_text = {**texts(), **dict(random_texts())}
    for name in ["character", "recursive"]:
        source = random.Random(name)
        cases = []
        for number, (title, text) in enumerate(every_text.items()):
            for options in options_for(name, number, source):
                splitter = record(name, options, handler)
                cases.append({"title": title, "text": text, **answer(splitter, text, options, handler)})
        write(OUT / f"{name}.json", {"made_with": package, "cases": cases})
    write(OUT / "refusals.json", {"made_with": package, "cases": list(refusals())})


main()
