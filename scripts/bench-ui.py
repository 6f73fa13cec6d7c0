#!/usr/bin/env python3
"""Measures the screen on 100,000 documents: key to frame, processor time when idle, bytes for a cursor move.

    make bench-ui            # ARGS="600 20000" for so many keys instead of 1500, and so many documents

The program runs in a terminal of its own (120 x 40). Keys come at the pace of a held key (30 a second) while queries are
being typed, for 10 results and then for 2000, so that searches run under them; the times from key to frame are the program's own
(FATHOM_TRACE), the bytes are what the terminal received, the processor time is the kernel's. Vectors count words.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("FATHOM_BIN", str(ROOT / ".build/release/fathom"))
KEYS = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
sys.argv = ["stress.py", tempfile.mkdtemp(), "0", "1"]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
import stress

IDLE = 10
WORK = stress.WORK
FATHOM = stress.FATHOM


def words():
    text = (ROOT / "sample-data/library/documents.jsonl").read_text()
    return sorted(set(re.findall(r"[a-z]{3,}", text)))


def build(store, home):
    chance = random.Random(7)
    known = words()
    source = WORK / "documents.jsonl"
    with source.open("w") as file:
        for number in range(ROWS):
            content = " ".join(chance.choices(known, k=40))
            json.dump({"content": content, "metadata": {"page": number % 500, "lang": "en"}}, file)
            file.write("\n")
    subprocess.run([FATHOM, "build", str(store), str(source), "--embedder", "hashing"],
                   env=stress.environment(home), check=True, capture_output=True)


def processor_ticks(process):
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def type_queries(terminal, chance, known, count):
    terminal.send("s")
    sent = 0
    while sent < count:
        for key in chance.choice(known) + " ":
            terminal.send(key)
            terminal.read(1 / 30)
            sent += 1
        for key in ["\x1bOB"] * 4:
            terminal.send(key)
            terminal.read(1 / 30)
            sent += 1
        if sent % 5 == 0:
            terminal.send("\x15")
    terminal.read(1)
    terminal.send("\x1b")
    terminal.read(0.5)


def main():
    home = WORK / "home"
    home.mkdir(parents=True)
    store = WORK / "store"
    print(f"building {ROWS} documents", flush=True)
    build(store, home)
    trace = WORK / "trace"
    environment = stress.environment(home) | {"FATHOM_TRACE": str(trace)}
    start = time.monotonic()
    terminal = stress.Terminal([FATHOM, str(store)], environment)
    assert terminal.wait_for(f"{ROWS:,} documents".encode()), "no first screen"
    opened = time.monotonic() - start
    terminal.read(2)

    moves = []
    for key in ["j"] * 30 + ["k"] * 20 + ["j"] * 10:
        terminal.send(key)
        # The document pane follows a moment later: its bytes belong to the move.
        moves.append(len(terminal.read(0.1)))

    before = processor_ticks(terminal.process)
    terminal.read(IDLE)
    idle = (processor_ticks(terminal.process) - before) / os.sysconf("SC_CLK_TCK")

    chance = random.Random(11)
    known = words()
    type_queries(terminal, chance, known, KEYS)
    # More than one row in 64 is asked for: every vector is read, and a search takes long enough to be typed into.
    terminal.send(f":k {ROWS // 50}\r")
    terminal.read(1)
    # Most keys still fall between two searches: of three times as many enough fall into one for a percentile.
    type_queries(terminal, chance, known, 3 * KEYS)
    stress.leave(terminal)
    frames = [line.split("\t") for line in trace.read_text().splitlines()]
    keys = [int(time_) / 1000 for kind, time_, _ in frames if kind == "key"]
    searching = [int(time_) / 1000 for kind, time_, state in frames if kind == "key" and state == "searching"]
    news = [int(time_) / 1000 for kind, time_, _ in frames if kind == "news"]
    print(f"open to first frame        {opened * 1000:8.0f} ms")
    for name, values in [("key to frame", keys), ("  while a search runs", searching), ("answer to frame", news)]:
        if values:
            print(f"{name:26} {percentile(values, .5):8.2f} ms median {percentile(values, .99):8.2f} ms at the 99th percentile"
                  f" {max(values):8.2f} ms most, {len(values)} frames")
    print(f"processor time idle, {IDLE} s  {idle:8.2f} s")
    print(f"bytes for a cursor move    {percentile(moves, .5):8d} median {max(moves):8d} most")


if __name__ == "__main__":
    main()
