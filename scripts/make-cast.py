#!/usr/bin/env python3
"""Makes docs/session.cast: a minute with the real program on the sample, for asciinema (asciicast v2).

    make build && scripts/make-cast.py && asciinema play docs/session.cast

Needs the MiniLM model (`fathom model install`). The keys are below; what the terminal received is written with its times.
"""
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("FATHOM_BIN", str(ROOT / ".build/release/fathom"))
OUT = ROOT / "docs/session.cast"
WORK = Path(tempfile.mkdtemp())
sys.argv = ["stress.py", str(WORK), "0", "1"]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
import stress

WIDTH, HEIGHT = 110, 30
# What is typed, and how long people look at it.
STEPS = [
    ("", 2.5), ("\r", 2.5), ("\r", 2), ("\x1b", 1),
    ("s", 0.5), ("northern lights", 2.5), ("\r", 1), ("jj", 1.5),
    ("f", 0.6), ("year >", 0.5), ("= 1900", 2), ("\r", 2),
    ("1", 0.5), ("o", 1.2), ("year\r", 2), ("O", 1.5), ("F", 1),
    ("  ", 1), ("d", 2), ("y", 2), ("u", 2),
    ("D", 2.5), ("\x1bOB", .8), ("\r", 2.5), ("\x1b", .6), ("\x1b", .6),
    ("A", 3), ("K", 2), ("\x1b", .6), ("\x1b", .6),
    ("T", 1), ("\x1bOB", .8), ("\x1bOB", .8), ("\x1bOB", .8), ("\x1b", 1),
    ("\x10", 0.8), ("mrg", 1.5), ("\x1b", 0.5), ("?", 2), ("\x1b", 0.5), ("q", 0.3),
]


class Recorded(stress.Terminal):
    """Notes what the program writes, and when."""

    def __init__(self, *arguments):
        self.events, self.start, self.rest = [], time.monotonic(), b""
        super().__init__(*arguments)

    def read(self, seconds):
        got = b""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            part = super().read(min(left, 0.02))
            if part:
                got += part
                data = self.rest + part
                # A character that is not whole yet waits for its end.
                text = data.decode(errors="ignore")
                self.rest = data[len(text.encode()):]
                self.events.append([round(time.monotonic() - self.start, 3), "o", text])
        return got


def main():
    store = WORK / "library"
    shutil.copytree(ROOT / "sample-data/library", store)
    home = WORK / "home"
    home.mkdir()
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    environment = stress.environment(home) | {"XDG_CACHE_HOME": cache}
    terminal = Recorded([stress.FATHOM, "--tour", str(store)], environment, WIDTH, HEIGHT)
    terminal.read(1.5)
    for keys, seconds in STEPS:
        if keys.startswith("\x1b") or len(keys) == 1:
            terminal.send(keys)
        else:
            for key in keys:
                terminal.send(key)
                terminal.read(0.09)
        terminal.read(seconds)
    header = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": "Fathom",
              "env": {"TERM": "xterm-256color", "SHELL": "/bin/sh"}}
    lines = [header] + terminal.events
    OUT.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    seconds = terminal.events[-1][0]
    print(f"{OUT.relative_to(ROOT)}: {seconds:.0f} s, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
