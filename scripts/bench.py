#!/usr/bin/env python3
"""Fathom beside LangChain on the newest faiss-cpu: the same folders, the same questions, in turns; prints a table.

    bench.py LANGCHAIN_PYTHON [ROWS…]     10,000 and 100,000 rows without

LangChain writes the stores, which stay in the user's cache. Two programs answer the same orders one after the other
(bench_langchain.py, store-benchmark), so both meet the same noise; times are medians. Both must find the same
documents. Frames are those of the real program in a terminal, keys to frames its own times (FATHOM_TRACE). Fathom's
cache is empty at first. The figures go to .build/bench/results-ROWS.json too. Embedding has a benchmark of its own
(make bench-embed).
"""
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("FATHOM_BIN", str(ROOT / ".build/release/fathom"))
PYTHON, SIZES = sys.argv[1], [int(text) for text in sys.argv[2:]] or [10_000, 100_000]
sys.argv = ["stress.py", tempfile.mkdtemp(), "0", "1"]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
import stress

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fathom/bench"
DIMENSION, QUESTIONS, FRAMES = 384, 15, 3


def stores(rows):
    """LangChain's folders with so many rows; made once, and again when what makes them has changed."""
    folder = CACHE / f"{rows}x{DIMENSION}"
    maker = (HERE / "bench_langchain.py").read_text().split("def answer")[0]
    stamp = folder / "made"
    if not stamp.exists() or stamp.read_text() != maker:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"making {rows:,} documents", file=sys.stderr)
        subprocess.run([PYTHON, HERE / "bench_langchain.py", "make", folder, str(rows)], check=True)
        stamp.write_text(maker)
    for file in folder.glob("*/index.*"):
        with file.open("rb") as open_file:
            while open_file.read(1 << 24):
                pass
    return folder


class Worker:
    """One of the two programs."""

    def __init__(self, command, home):
        own = {"XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=os.environ | own)

    def ask(self, **order):
        print(json.dumps(order), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"bench: {self.process.args[0]} ended at {order['op']}")
        return json.loads(line)

    def memory(self):
        """Anonymous and mapped megabytes."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        sizes = {line.split(":")[0]: int(line.split()[1]) / 1000 for line in text.splitlines()[1:]}
        return sizes["Anonymous"], sizes["Rss"] - sizes["Anonymous"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def pair(home):
    return (Worker([PYTHON, str(HERE / "bench_langchain.py"), "serve"], home),
            Worker([str(ROOT / ".build/release/store-benchmark")], home))


def agree(first, second, what):
    """The same documents; those whose scores are equal to the last digits may change places."""
    if first["ids"] == second["ids"]:
        return
    apart = [place for place, ids in enumerate(zip(first["ids"], second["ids"])) if ids[0] != ids[1]]
    scores = second["scores"]
    is_tie = len(first["ids"]) == len(second["ids"]) and all(
        any(abs(scores[place] - scores[other]) <= 1e-5 * max(1, scores[place]) for other in apart if other != place)
        for place in apart)
    if not is_tie:
        sys.exit(f"bench: {what}: the answers differ: {first['ids']} and {second['ids']}")


def first_frame(store, rows, home):
    start = time.monotonic()
    terminal = stress.Terminal([stress.FATHOM, str(store)], stress.environment(home))
    # The header and a row of the list: every document says "file-".
    if not terminal.wait_for(re.compile(f"{rows:,} documents.*file-".encode(), re.DOTALL)):
        sys.exit("bench: no first frame")
    took = time.monotonic() - start
    # Until all documents are there, so that the next start finds them in the cache.
    terminal.read(2 + rows / 200_000)
    stress.leave(terminal)
    return took * 1000


def keys_to_frames(store, rows, home):
    """Milliseconds, median and 99th percentile: moving through the list, then typing a filter and deleting it."""
    trace = home / "trace"
    terminal = stress.Terminal([stress.FATHOM, str(store)], stress.environment(home) | {"FATHOM_TRACE": str(trace)})
    terminal.wait_for(f"{rows:,} documents".encode())
    terminal.read(2 + rows / 200_000)
    # A column is made once, and counted from then on.
    terminal.send("fgroup = 7\r")
    terminal.read(2 + rows / 100_000)
    terminal.send("\x1b")
    for key in ["j"] * 100 + ["G", "g"] * 10 + ["f", "\x15"] + list("group = 77") * 3 + ["\x7f"] * 20:
        terminal.send(key)
        terminal.read(1 / 30)
    terminal.send("\x1b")
    terminal.read(0.5)
    stress.leave(terminal)
    lines = [line.split("\t") for line in trace.read_text().splitlines()]
    times = sorted(int(time_) / 1000 for kind, time_, _ in lines if kind == "key")
    return statistics.median(times), times[int(len(times) * 0.99)]


def recall(found, exact):
    return len(set(found["ids"]) & set(exact["ids"])) / max(1, len(exact["ids"]))


def measure(rows, home):
    """Milliseconds of both for each kind of work."""
    folder = stores(rows)
    scratch = Path(tempfile.mkdtemp(dir=stress.WORK))
    chance = random.Random(5)
    figures, notes = {}, {}
    langchain, fathom = pair(home)

    def both(name, times=1, check=None, **order):
        ours, theirs = [], []
        for number in range(times):
            if "vector" in order:
                order["vector"] = [chance.gauss(0, 1) for _ in range(DIMENSION)]
            mine = {key: value for key, value in order.items() if key != "group"}
            first = langchain.ask(**{key: value for key, value in order.items() if key != "filter"})
            second = fathom.ask(**mine)
            theirs.append(first["ms"])
            ours.append(second["ms"])
            if check:
                check(first, second)
        figures[name] = (statistics.median(theirs), statistics.median(ours))

    def same(what):
        return lambda first, second: agree(first, second, what)

    def count(first, second):
        if first["count"] != second["count"]:
            sys.exit(f"bench: {first['count']} and {second['count']} rows")

    both("open", check=count, op="open", path=str(folder / "whole"))
    figures["anonymous memory after opening, MB"] = (langchain.memory()[0], fathom.memory()[0])
    notes["mapped memory after opening, MB"] = (langchain.memory()[1], fathom.memory()[1])
    again = [fathom.ask(op="open", path=str(folder / "whole"))["ms"] for _ in range(FRAMES)]
    figures["open, from the cache"] = (figures["open"][0], statistics.median(again))
    figures["anonymous memory, opened from the cache, MB"] = (langchain.memory()[0], fathom.memory()[0])
    frames = []
    for _ in range(FRAMES):
        shutil.rmtree(home / "cache/fathom/stores", ignore_errors=True)
        frames.append(first_frame(folder / "whole", rows, home))
    figures["open to the first frame, the first time"] = (figures["open"][0], statistics.median(frames))
    frames = [first_frame(folder / "whole", rows, home) for _ in range(FRAMES)]
    figures["open to the first frame, from the cache"] = (figures["open"][0], statistics.median(frames))
    median, most = keys_to_frames(folder / "whole", rows, home)
    notes["key to frame, median, ms"] = (None, median)
    notes["key to frame, 99th percentile, ms"] = (None, most)

    both("first search", check=same("search"), op="search", vector=[], k=10)
    # Codes are made in the background after the first long search.
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and fathom.memory()[0] < rows * DIMENSION / 1e6:
        fathom.ask(op="search", vector=[chance.gauss(0, 1) for _ in range(DIMENSION)], k=10)
        time.sleep(0.5)
        if rows < 32_768:
            break
    both("exact top 10", QUESTIONS, same("search"), op="search", vector=[], k=10)
    notes["anonymous memory after searching, MB"] = (langchain.memory()[0], fathom.memory()[0])
    recalls = []
    both("first filter", op="filtered", vector=[], k=10, group=7, filter="group = 7")
    both("1 % filter, top 10, fetch_k 20", QUESTIONS, lambda first, second: recalls.append(recall(first, second)),
         op="filtered", vector=[], k=10, group=7, filter="group = 7")
    notes["recall of LangChain's filtered answers"] = (statistics.mean(recalls), 1.0)
    both("1 % filter, top 10, fetch_k all", 3, same("filter"), op="filtered", vector=[], k=10, group=7,
         filter="group = 7", fetchK=rows)
    counts = [fathom.ask(op="matches", filter=f"group = {group} and page >= {group}")["ms"] for group in range(QUESTIONS)]
    notes["rows counted while a filter is typed, median ms"] = (None, statistics.median(counts[1:]))
    notes["rows counted while a filter is typed, most ms"] = (None, max(counts[1:]))
    both("MMR k 10 fetch_k 100", QUESTIONS, same("MMR"), op="mmr", vector=[], k=10, fetchK=100)
    ids = fathom.ask(op="search", vector=[chance.gauss(0, 1) for _ in range(DIMENSION)], k=100)["ids"]
    both("delete 100 documents", check=count, op="delete", ids=ids)
    both("exact top 10 after the delete", 3, same("search"), op="search", vector=[], k=10)
    for name, worker in [("langchain", langchain), ("fathom", fathom)]:
        (scratch / name).mkdir()
    times = [worker.ask(op="save", path=str(scratch / name / "saved"))["ms"]
             for name, worker in [("langchain", langchain), ("fathom", fathom)]]
    figures["save"] = tuple(times)
    langchain.close()
    fathom.close()

    langchain, fathom = pair(home)
    if langchain.ask(op="open", path=str(scratch / "fathom/saved"))["count"] != rows - 100:
        sys.exit("bench: LangChain finds another number of rows in what Fathom saved")
    both("open a half", check=count, op="open", path=str(folder / "first"))
    both("merge the other half, opening it", check=count, op="merge", path=str(folder / "second"))
    langchain.close()
    fathom.close()
    shutil.rmtree(scratch)
    return figures, notes


def text(milliseconds):
    if milliseconds >= 10_000:
        return f"{milliseconds / 1000:,.1f} s"
    return f"{milliseconds:,.0f} ms" if milliseconds >= 100 else f"{milliseconds:.3g} ms"


def main():
    home = Path(tempfile.mkdtemp(dir=stress.WORK))
    results = {}
    for rows in SIZES:
        figures, notes = measure(rows, home)
        results[rows] = {"figures": figures, "notes": notes}
        print(f"\n{rows:,} rows of {DIMENSION} dimensions\n\n| | LangChain | Fathom | ratio |\n|---|---|---|---|")
        for name, (theirs, ours) in figures.items():
            shown = [f"{value:,.0f}" if "MB" in name else text(value) for value in (theirs, ours)]
            print(f"| {name} | {shown[0]} | {shown[1]} | {theirs / max(ours, 1e-9):.3g} |")
        for name, (theirs, ours) in notes.items():
            print(f"| {name} | {'' if theirs is None else f'{theirs:,.3g}'} | {ours:,.3g} | |")
    for small, large in zip(SIZES, SIZES[1:]):
        print(f"\nHow each grows from {small:,} to {large:,} rows, {large / small:.3g} times as many:\n")
        print("| | LangChain | Fathom |\n|---|---|---|")
        for name in results[small]["figures"]:
            growth = [results[large]["figures"][name][side] / max(results[small]["figures"][name][side], 1e-9)
                      for side in (0, 1)]
            print(f"| {name} | {growth[0]:.3g} | {growth[1]:.3g} |")
    place = ROOT / ".build/bench"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"results-{'-'.join(str(rows) for rows in SIZES)}.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(stress.WORK, ignore_errors=True)
