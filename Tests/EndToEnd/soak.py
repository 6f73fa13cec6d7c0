"""One process on the screen for a long time: what it holds at the end is what it held after the first rounds.

    soak.py WORK SECONDS [STORE]

Each round searches, filters, edits, deletes, takes both back and makes one again, saves, opens a second store in a tab,
edits that, takes it back, and closes the tab. Memory of its own, open files, threads and the files in the state folder
are counted after each; they must not grow. In the end the store holds what the rounds have left in it.
"""
import json
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from stress import FATHOM, WORK, Terminal, environment

SECONDS = float(sys.argv[2])
# Rounds after which caches are as full as they get.
WARM_UP = 10
PATIENCE = 60


class Failure(Exception):
    pass


class Soak:
    def __init__(self):
        self.home = WORK / "home"
        self.home.mkdir(parents=True)
        self.fathom("build", "store", str(Path("sample-data/library/documents.jsonl").resolve()), "--embedder", "hashing")
        shutil.copytree(WORK / "store", WORK / "second")
        self.documents = self.listing()
        self.terminal = Terminal([FATHOM, "store"], environment(self.home), 120, 40, WORK)
        self.see(rb"documents", "the first screen")

    def fathom(self, *arguments):
        return subprocess.run([FATHOM, *arguments], cwd=WORK, env=environment(self.home), check=True, capture_output=True).stdout

    def listing(self):
        return [json.loads(line) for line in self.fathom("list", "store", "--json").splitlines()]

    def see(self, pattern, what, patience=PATIENCE):
        """Has the screen painted anew until the pattern is on it: by another width, since a key takes a message away."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if self.terminal.status() is not None:
                raise Failure(f"it ended at {what}")
            self.terminal.resize(241 - self.terminal.width, 40)
            seen = self.terminal.read(0.3)
            if re.search(pattern, seen):
                return True
        if patience == PATIENCE:
            raise Failure(f"{what}: {pattern!r} did not come")
        return False

    def do(self, keys, pattern):
        """Types until the screen says it was done; a store that is just being read or saved takes no edits yet."""
        for _ in range(3):
            self.terminal.send(keys)
            if self.see(pattern, repr(keys), PATIENCE / 4):
                return
            self.press("\x1b", "1")
        raise Failure(f"after {keys!r} {pattern!r} did not come")

    def press(self, *keys):
        """Keys one after the other: an escape is not to become part of the next."""
        for key in keys:
            self.terminal.send(key)
            self.terminal.read(0.25)

    def round(self, number):
        self.press("s", "\x15" + ["lost umbrella", "city at night", "the sea and ships", "zzz"][number % 4], "\r", "\x1b")
        self.press("f", "\x15exists source", "\r", "\x1b", "f", "\x15", "\r", "\x1b", "1")
        self.do(f"eround={number}\r", rb"edited 1")
        self.do("dy", rb"deleted 1")
        self.do("u", rb"taken back: delete")
        self.do("u", rb"taken back: edit")
        self.do("\x12", rb"made again")
        self.do("\x13", rb"LangChain loads it")
        self.do("\x13", rb"saved")
        self.do("\x0f", rb"open|store")
        self.press("\x15second", "\r")
        self.see(rb"2 second", "the second store")
        self.see(rb"of [0-9]+ ", "its documents")
        self.press("1")
        self.do("dy", rb"deleted 1")
        self.do("u", rb"taken back")
        self.press("\x17")

    def held(self):
        process = Path(f"/proc/{self.terminal.process}")
        return (self.terminal.memory(), len(list((process / "fd").iterdir())), len(list((process / "task").iterdir())),
                sum(1 for _ in (self.home / "state").rglob("*")))

    def run(self):
        held = []
        start = time.monotonic()
        while time.monotonic() - start < SECONDS or len(held) < WARM_UP + 2:
            self.round(len(held))
            self.terminal.read(0.5)
            held.append(self.held())
            if len(held) % 20 == 0:
                print(f"soak: {len(held)} rounds, {time.monotonic() - start:.0f} s: memory, files, threads, state: {held[-1]}", flush=True)
        self.terminal.send(":q!\r")
        while self.terminal.status() is None:
            self.terminal.read(0.1)
        return held, time.monotonic() - start

    def judge(self, held, seconds):
        third = max(1, (len(held) - WARM_UP) // 3)
        early, late = held[WARM_UP:WARM_UP + third], held[-third:]
        middle = [[statistics.median(part) for part in zip(*some)] for some in (early, late)]
        print(f"soak: {len(held)} rounds in {seconds:.0f} s; after the first {WARM_UP} and at the end: "
              f"memory {middle[0][0]:.0f} and {middle[1][0]:.0f} kB, files {middle[0][1]:.0f} and {middle[1][1]:.0f}, "
              f"threads {middle[0][2]:.0f} and {middle[1][2]:.0f}, files of state {middle[0][3]:.0f} and {middle[1][3]:.0f}")
        if middle[1][0] > middle[0][0] * 1.1 + 2000:
            raise Failure("memory grows")
        if any(late > early for early, late in zip(middle[0][1:], middle[1][1:])):
            raise Failure("open files, threads or files of state grow")
        now = self.listing()
        if [document["id"] for document in now] != [document["id"] for document in self.documents]:
            raise Failure("the store holds other documents")
        if not any(document["metadata"].get("round") is not None for document in now):
            raise Failure("no edit was saved")


def main():
    soak = Soak()
    try:
        soak.judge(*soak.run())
        print("soak: passed")
    except Failure as failure:
        print(f"soak: FAILED: {failure}")
        print(soak.terminal.tail[-3000:].decode(errors="replace"))
        sys.exit(1)


main()
