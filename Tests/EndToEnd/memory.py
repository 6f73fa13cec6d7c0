#!/usr/bin/env python3
"""Works on a large store with little memory: memory.py FATHOM STORE MEGABYTES; see Tests/EndToEnd/memory.sh.

Prints a table of time and of the most anonymous memory of each step, and fails when a step fails.
"""
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FATHOM, STORE, LIMIT = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) * 1_000_000


def limited():
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))


def anonymous(process):
    """Bytes that a process has for itself."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon")), 0)


def step(name, home, *arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([FATHOM, *map(str, arguments)], env=environment, preexec_fn=limited, stdout=output,
                                   stderr=subprocess.STDOUT)
        most = 0
        while process.poll() is None:
            most = max(most, anonymous(process))
            time.sleep(0.02)
        took = time.monotonic() - start
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        sys.exit(f"memory: {name} failed with {process.returncode}: {text[-500:]}")
    print(f"| {name} | {took:.2f} s | {most / 1e6:,.0f} MB |", flush=True)
    return text


def main():
    if not STORE.is_dir():
        sys.exit(f"memory: {STORE}: not there; make bench makes it")
    # Beside the store, so that the copy is on the same disk.
    work = Path(tempfile.mkdtemp(dir=STORE.parent))
    try:
        home, copy = work / "home", work / "copy"
        home.mkdir()
        print(f"limit {LIMIT / 1e6:,.0f} MB; {sum(file.stat().st_size for file in STORE.iterdir()) / 1e9:.2f} GB of files\n")
        print("| step | time | most anonymous memory |\n|---|---|---|")
        shown = step("open, the first time", home, "list", STORE, "--limit", 1, "--json")
        first = json.loads(shown.splitlines()[0])["id"]
        step("open, from the cache", home, "list", STORE, "--limit", 1)
        step("search, top 10 like a document", home, "search", STORE, "--like", first, "-k", 10)
        step("count a filter, the first time", home, "search", STORE, "--like", first, "--filter", "group = 7")
        step("the same, from the cache", home, "search", STORE, "--like", first, "--filter", "group = 7")
        step("save a copy", home, "copy", STORE, copy)
        step("delete 1 % and save in place", home, "delete", copy, "--filter", "group = 7")
        step("open what was saved", home, "list", copy, "--limit", 1)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
