"""Crashes a session on the screen at every point, and lets writers meet; checks that no edit is lost.

Sessions: Fathom runs in a terminal of its own, under crash-at.c, and edits. An edit counts as acknowledged once the
screen says that it was made. After each crash the next start must know all edits that were acknowledged, and make
them again; the files are untouched unless the save was acknowledged or under way.

Writers: several processes change one store by the command line, one edit each, at the same time. All edits must be
there in the end.

Run by crash.sh.
"""
import fcntl
import json
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import power

FATHOM = os.environ["FATHOM_BIN"]
CRASH_AT = sys.argv[1]
WORK = Path(sys.argv[2])
STEP = int(os.environ.get("CRASH_STEP", "1"))
EDITS = 1000 if STEP == 1 else 100
STORE = Path("Tests/Fixtures/stores/langchain-community-0.4.2/basic_l2").resolve()
KILLED = 137

# The edits: what is typed, what the screen says to it, and how many documents there are then.
STEPS = [
    ([("dy", "deleted 1")], 39),
    ([("jjedraft=true\r", "edited 1")], 39),
    ([("  dy", "deleted 2")], 37),
    ([("u", "taken back")], 39),
    ([("\x12", "made again")], 37),
    ([("GMin/other\r", "stays as it is"), ("\r", "merged")], 40),
]
SAVE = [([("\x13", "LangChain loads it"), ("\r", "saved")], 40)]


def environment(box):
    home = box / "home"
    return {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "vt100", "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }


def fathom(box, *arguments):
    result = subprocess.run(
        [FATHOM, *arguments], cwd=box, env=environment(box), stdin=subprocess.DEVNULL, capture_output=True,
        timeout=60)
    if result.returncode != 0:
        raise AssertionError(f"fathom {' '.join(arguments)}: {result.stderr.decode(errors='replace').strip()}")
    return result.stdout


class Terminal:
    """A program in a terminal, with all that it has written."""

    def __init__(self, box, arguments):
        self.written = b""
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.chdir(box)
            os.execvpe(arguments[0], arguments, environment(box))
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 110, 0, 0))

    def wait_for(self, words, since=0, limit=20):
        """True when the program writes them; False when it ends first."""
        end = time.monotonic() + limit
        while words.encode() not in self.written[since:]:
            ready, _, _ = select.select([self.file], [], [], 0.5)
            if ready:
                try:
                    piece = os.read(self.file, 65536)
                except OSError:
                    return False
                if not piece:
                    return False
                self.written += piece
            elif time.monotonic() > end:
                raise AssertionError(f"the screen never said {words!r}: {self.written[-300:]!r}")
        return True

    def answer(self, keys, words):
        """Types and waits; False when the program ends first."""
        since = len(self.written)
        self.type(keys)
        return self.wait_for(words, since)

    def shows(self, words, limit=20):
        """Has the screen painted anew until the words are on it; False when the program ends first."""
        end = time.monotonic() + limit
        while True:
            since = len(self.written)
            self.type("\x0c")
            try:
                return self.wait_for(words, since, 0.5)
            except AssertionError:
                if time.monotonic() > end:
                    raise

    def type(self, keys):
        try:
            os.write(self.file, keys.encode())
        except OSError:
            pass

    def end(self):
        try:
            os.kill(self.process, signal.SIGKILL)
        except ProcessLookupError:
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.file)
        return os.waitstatus_to_exitcode(status)


def drive(box, point, steps, log=None):
    """Runs the session, cut off at `point`; returns how many steps were acknowledged."""
    options = ["--log", str(log)] if log else []
    terminal = Terminal(box, [CRASH_AT, *options, str(point), FATHOM, "store"])
    done = 0
    try:
        # The embedder was looked for, and the documents are there: in either order.
        if terminal.wait_for("cannot be searched") and terminal.shows("of 40 "):
            for parts, count in steps:
                if not all(terminal.answer(*part) for part in parts):
                    break
                done += 1
                # Keys act on the rows that are seen: those of after the edit, a moment later.
                if not terminal.shows(f"of {count} "):
                    break
            else:
                if point == 0:
                    # Let it end by itself, so that the log is whole.
                    terminal.type("Q")
                    while terminal.wait_for("\0never\0", limit=5):
                        pass
    finally:
        terminal.end()
    return done


def prepare(box):
    shutil.rmtree(box, ignore_errors=True)
    (box / "store").mkdir(parents=True)
    for name in ("index.faiss", "index.pkl"):
        shutil.copy(STORE / name, box / "store")
    with open(box / "other.jsonl", "w") as lines:
        for n in range(3):
            lines.write(json.dumps({"id": f"other-{n}", "text": f"other {n}", "vector": [n] * 8}) + "\n")
    fathom(box, "build", "in/other", "other.jsonl")


def states(box):
    """The documents after each edit, by doing them once and looking after each."""
    found = [fathom(box, "list", "store", "--json")]
    for count in range(1, len(STEPS) + 1):
        prepare(box)
        if drive(box, 10**9, STEPS[:count]) != count:
            raise AssertionError("the session cannot be driven")
        fathom(box, "recover", "store", "--apply")
        found.append(fathom(box, "list", "store", "--json"))
    return found


def judge(box, done, expected):
    """What is wrong after a crash; None when nothing is."""
    saved = done == len(STEPS) + len(SAVE)
    edits = min(done, len(STEPS))
    on_disk = fathom(box, "list", "store", "--json")
    left = json.loads(fathom(box, "recover", "store", "--json"))
    if left is not None:
        if not left["fits"]:
            return "the edits do not fit the files"
        fathom(box, "recover", "store", "--apply")
    after = fathom(box, "list", "store", "--json")
    if after not in expected[edits:]:
        return f"{edits} edits were acknowledged, and are not all there"
    if saved and on_disk != expected[-1]:
        return "the save was acknowledged, and the files are not of it"
    if on_disk not in (expected[0], expected[-1]):
        return "the files are neither of before nor of after the save"
    return None


def sessions():
    box = WORK / "session"
    prepare(box)
    expected = states(box)
    log = WORK / "session-log"
    prepare(box)
    drive(box, 0, STEPS + SAVE, log)
    points = [int(line.split(" ", 1)[0]) for line in log.read_text().splitlines()]

    forced, unforced = power.unforced(log, "/home/state/")

    def crash(point):
        own = WORK / f"session-{point}"
        prepare(own)
        done = drive(own, point, STEPS + SAVE)
        problem = judge(own, done, expected)
        shutil.rmtree(own, ignore_errors=True)
        return done, problem and f"  point {point}, after {done} steps: {problem}"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(crash, points[::STEP]))
    problems = [problem for _, problem in results if problem]
    if forced < len(STEPS) or unforced:
        problems.append(f"  the journal was forced to disk {forced} times, but for {unforced} writes")
    acknowledged = sum(done for done, _ in results)
    verdict = "passed" if results and not problems else "FAILED"
    print(
        f"crash: sessions on the screen: {len(results)} points, {acknowledged} steps acknowledged, "
        f"journal forced to disk {forced} times, {len(problems)} points with losses: {verdict}")
    for problem in problems:
        print(problem)
    return verdict == "passed"


def writers():
    """Four processes at a time, two of them for each document's key: edits that interleave."""
    box = WORK / "writers"
    prepare(box)
    ids = [json.loads(line)["id"] for line in fathom(box, "list", "store", "--json").splitlines()]

    def edit(number):
        fathom(box, "edit", "store", ids[number % len(ids)], "--set", f"edit{number}={number}")

    def read(_):
        return len(fathom(box, "list", "store", "--json").splitlines())

    with ThreadPoolExecutor(4) as pool:
        edits = [pool.submit(edit, number) for number in range(EDITS)]
        reads = [pool.submit(read, number) for number in range(EDITS // 10)]
        problems = [str(run.exception()) for run in edits + reads if run.exception()]
        counts = {run.result() for run in reads if not run.exception()}
    metadata = {}
    for line in fathom(box, "list", "store", "--json").splitlines():
        metadata.update(json.loads(line)["metadata"])
    lost = [number for number in range(EDITS) if metadata.get(f"edit{number}") != number]
    passed = not problems and not lost and counts <= {len(ids)}
    print(
        f"crash: {EDITS} edits by four processes at a time: {len(lost)} lost, {len(problems)} failed: "
        + ("passed" if passed else "FAILED"))
    for problem in problems[:5]:
        print(f"  {problem}")
    return passed


results = [sessions(), writers()]
sys.exit(0 if all(results) else 1)
