"""Presses random keys, moves and clicks the mouse, pastes and resizes, on the real program in a terminal of its own.

    stress.py WORK [COUNT] [SEED]

WORK is a scratch folder, COUNT the number of events (10,000), SEED the number that makes a run repeat; it is printed.
Afterwards the program has to be alive, answer keys, leave when it is told, give the terminal back as it was, and use no
more memory than after the first events. Keys that would end it, stop it or start an editor are left out, and so is what
writes files elsewhere.

The store is a copy, vectors that count words: no model is needed.
"""
import fcntl
import os
import pty
import random
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

FATHOM = os.environ["FATHOM_BIN"]
WORK = Path(sys.argv[1])
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else int(os.environ.get("STRESS_SEED") or random.SystemRandom().randrange(10**6))
PATIENCE = 20
SIZES = [(80, 24), (120, 40), (60, 15), (200, 60), (300, 100), (20, 5), (1, 1), (100, 30)]
NAMED = ["\r", "\x1b", "\t", "\x1b[Z", "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F",
         "\x7f", "\x1b[3~", "\x01", "\x02", "\x04", "\x05", "\x06", "\x0b", "\x0c", "\x0e", "\x10", "\x12", "\x13", "\x15",
         "\x17", "\x1bb", "\x1bf", "\x1bp", "\x1bn", "\x1bm", "\x1bOP", "\x1b[15~", "\x1b[1;5C", "\x1b[1;2A"]
# Ends at once (Q), writes elsewhere (W), takes the terminal for an editor (c), reads the machine's files (a, M).
LEFT_OUT = set("QWcaM")
PRINTABLE = [chr(code) for code in range(33, 127) if chr(code) not in LEFT_OUT] + ["é", "漢", "😀", " ", " ", "j", "j", "k"]
PASTES = ["northern lights", "dyq\r:q!\r", "\x1b[31mred\x1b[0m \x1b]0;title\x07", "x" * 5000, "line\nline\r\nline",
          "\x1b[A\x1b[B\x1b[<0;5;5M", "漢字 \u202e\u200b é", "page >= 1 and lang = \"en\"", "\x1b[201~dy\r"]


class Terminal:
    """The program with a terminal of its own; reads what it writes all the time, as a terminal does."""

    def __init__(self, command, environment, width=120, height=40, folder="."):
        self.width, self.height = width, height
        self.tail, self.count = b"", 0
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve(command[0], command, environment)
        self.resize(width, height)

    def resize(self, width, height):
        self.width, self.height = width, height
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.kill(self.process, signal.SIGWINCH)

    def read(self, seconds):
        """Reads for so long, or until the program has nothing more to say; the bytes that came."""
        got = b""
        end = time.monotonic() + seconds
        while select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            try:
                part = os.read(self.master, 1 << 16)
            except OSError:
                break
            if not part:
                break
            got += part
        self.count += len(got)
        self.tail = (self.tail + got)[-200_000:]
        return got

    def send(self, text):
        """Types; what the program wrote meanwhile."""
        data, got = text.encode(), b""
        while data:
            if select.select([], [self.master], [], PATIENCE)[1]:
                data = data[os.write(self.master, data[:512]):]
            got += self.read(0)
        return got

    def wait_for(self, pattern, seconds=PATIENCE):
        """Reads until a pattern is on the screen: it is written whole again and again, as after a resize."""
        end = time.monotonic() + seconds
        seen = self.read(0.05)
        while time.monotonic() < end:
            if re.search(pattern, seen):
                return True
            os.kill(self.process, signal.SIGWINCH)
            seen = self.read(0.15)
        return False

    def settle(self):
        """Reads until the program has read all that was typed and has nothing more to say; False when it does not."""
        end = time.monotonic() + 3 * PATIENCE
        try:
            keyboard = os.open(f"/proc/{self.process}/fd/0", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return self.status() is None
        try:
            while time.monotonic() < end:
                waiting = struct.unpack("i", fcntl.ioctl(keyboard, termios.FIONREAD, bytes(4)))[0]
                if not self.read(0.1) and not waiting:
                    return True
        finally:
            os.close(keyboard)
        return False

    def status(self):
        """The exit status, or None while it runs."""
        done, status = os.waitpid(self.process, os.WNOHANG)
        return status if done else None

    def memory(self):
        """Memory without a file behind it, in kB: how many share the program's own pages says nothing."""
        text = Path(f"/proc/{self.process}/smaps_rollup").read_text()
        return int(re.search(r"^Anonymous: +(\d+)", text, re.M)[1])


def environment(home, term="xterm-256color"):
    return {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": term, "HOME": str(home), "EDITOR": "true",
        "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"), "SWIFT_BACKTRACE": "enable=no"}


def event(chance, terminal):
    """One event as the bytes that a terminal sends; a size for a resize."""
    kind = chance.random()
    if kind < 0.50:
        return chance.choice(PRINTABLE)
    if kind < 0.74:
        return chance.choice(NAMED)
    if kind < 0.94:
        x, y = chance.randint(1, max(2, terminal.width)), chance.randint(1, max(2, terminal.height))
        button = chance.choice([0, 0, 0, 2, 32, 32, 64, 65, 1, 66, 35])
        return f"\x1b[<{button};{x};{y}{chance.choice('MMMm')}"
    if kind < 0.96:
        return "\x1b[200~" + chance.choice(PASTES) + "\x1b[201~"
    if kind < 0.97:
        return chance.choice(["\x1b[I", "\x1b[O", "\x1b[<9999999999;1;1M", "\x1b[<;;M", "\x1b[M !!", "\x1b[99~", "\x1b]", "\x1b[<0;1"])
    return chance.choice(SIZES)


def shown(terminal):
    """What was written last, without the orders to the terminal."""
    text = re.sub(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[(][AB0]", b" ", terminal.tail[-20000:]).decode(errors="replace")
    return "".join(c if c.isprintable() else " " for c in text.replace("\u2500", ""))


def fail(words, terminal):
    sys.stderr.write(f"stress: seed {SEED}: FAILED: {words}\n--- written last\n{shown(terminal)[-1500:]}\n---\n")
    try:
        os.kill(terminal.process, signal.SIGKILL)
    except ProcessLookupError:
        pass
    sys.exit(1)


def random_events(store, home):
    chance = random.Random(SEED)
    terminal = Terminal([FATHOM, str(store)], environment(home))
    if not terminal.wait_for(rb"documents"):
        fail("the first screen did not come", terminal)
    memory, sent, leavings = [], [], 0
    for number in range(COUNT):
        what = event(chance, terminal)
        sent.append(what)
        if isinstance(what, tuple):
            terminal.resize(*what)
        elif what == "q":
            # Asks when something is unsaved, ends otherwise: both have their own cases.
            continue
        else:
            terminal.send(what)
        if number % 4 == 0:
            terminal.read(0.004)
        if (status := terminal.status()) is not None:
            # "quit" in a menu, the palette or help, by a click or Enter, is one that a person can make too.
            leavings += 1
            late = [str(event) for event in sent[-8:]]
            chosen = any(event == "\r" or event.startswith("\x1b[<") for event in late)
            words = f"it ended with status {status} after {number} events, the last were {sent[-40:]!r}"
            if status != 0 or not chosen or any("\x1b[200~" in event for event in late):
                fail(words, terminal)
            print(f"stress: {words}; before that\n{shown(terminal)[-600:]}", flush=True)
            terminal = Terminal([FATHOM, str(store)], environment(home))
            if not terminal.wait_for(rb"documents|unsaved"):
                fail("the first screen did not come again", terminal)
        if number in (COUNT // 5, COUNT * 3 // 5, COUNT - 1):
            # A program that is behind would be measured at something else.
            if not terminal.settle():
                fail("it does not read what is typed", terminal)
            memory.append(terminal.memory())
    # Whatever is open now: windows close, the line is left, the help comes when it is asked for.
    terminal.resize(120, 40)
    for _ in range(12):
        terminal.send("\x1b")
        terminal.settle()
    terminal.send("\x0c")
    terminal.settle()
    terminal.send("?")
    if not terminal.wait_for(rb"type to search"):
        fail("no help came: it is stuck", terminal)
    terminal.send("\x1b")
    terminal.settle()
    leave(terminal)
    growth = memory[-1] - memory[0]
    # From their first use on, OpenBLAS and OpenMP keep some 50 MB.
    if growth > 80_000:
        fail(f"memory grew from {memory[0]} to {memory[-1]} kB", terminal)
    print(f"stress: {COUNT} events, seed {SEED}: passed, {leavings} times left by a choice; {terminal.count // 1000} kB written, memory {memory} kB")


def leave(terminal):
    """Leaves with :q! and looks that the terminal is given back."""
    terminal.send(":")
    terminal.settle()
    terminal.send("q!\r")
    end = time.monotonic() + PATIENCE
    while (status := terminal.status()) is None:
        terminal.read(0.1)
        if time.monotonic() > end:
            fail("it does not leave", terminal)
    terminal.read(0.2)
    if status != 0:
        fail(f"it ended with status {status}", terminal)
    last = terminal.tail[-2000:]
    for mode, words in [(rb"\x1b\[\?1049l", "the alternate screen is still on"), (rb"\x1b\[\?2004l", "pastes are still bracketed"),
                        (rb"\x1b\[\?1004l", "focus is still reported"), (rb"\x1b\[\?1000l|\x1b\[\?1006l", "the mouse is still reported")]:
        if not re.search(mode, last) and mode.replace(b"l", b"h") in terminal.tail:
            fail(words, terminal)
    if not re.search(rb"\x1b\[\?1049l", last):
        fail("the alternate screen is still on", terminal)


def scripted(store, home):
    """More than 200 keys that go through every screen; what each has to show."""
    steps = [
        ("snorthern lights", rb"northern"), ("\r", rb"10 of 352"), ("jjjjkk", rb""), ("  ", rb"marked"), ("\x1b\x1b", rb""),
        ("flang = \"en\"", rb""), ("\r", rb""), ("F", rb""), ("1", rb""), ("jjjGggkk\x06\x02\x04\x15", rb""),
        ("vjjjv", rb"marked"), ("*", rb"marked"), ("\x01", rb"352 marked"), ("\x1b", rb""), ("d", rb"delete 1 document"),
        ("n", rb""), ("dy", rb"deleted"), ("u", rb"taken back"), ("\x12", rb"made again"), ("u", rb"taken back"),
        ("?", rb"type to search"), ("undo", rb""), ("\x1b", rb""), ("\x10", rb"commands"), ("zoom\r", rb""), ("z", rb""),
        (":", rb""), ("sort content\r", rb"sorted by content"), ("O", rb"greatest"), (":sort row\r", rb"as the store"),
        ("C", rb"columns"), ("\x1b", rb""), ("o", rb"sort by"), ("\x1b", rb""), ("T", rb"theme"), ("\x1bOB\x1bOB\x1b", rb""),
        (".", rb"menu"), ("\x1b", rb""), (">><<=", rb""), ("3", rb""), ("wjjkkw", rb""), ("/the\r", rb""), ("nnN", rb""),
        ("h", rb""), ("m", rb""), ("]][[", rb"k 1"), ("VV", rb""), ("LL", rb""), ("X", rb""), ("I", rb"path"), ("\x1b", rb""),
        (":tour\r", rb"of 5"), ("\r\r\r\r\r", rb""), ("\x1bm", rb"mouse"), ("\x1bm", rb"mouse"), ("\x13", rb""), ("\x1b", rb""),
        ("1", rb""), ("edraft=true\r", rb"edited"), ("u", rb"taken back"), ("!", rb""), ("\x1b", rb""), ("\t\t\t\t\t", rb""),
        ("\x1b[Z\x1b[Z", rb""), ("1jjjjjjjjjjjjjjjjjjjjkkkkkkkkkk", rb""), ("sone two three", rb""), ("\x17\x17\x15", rb""),
        ("\x1b", rb""), ("q", rb""),
    ]
    keys = sum(len(keys) for keys, _ in steps)
    assert keys >= 200, keys
    terminal = Terminal([FATHOM, str(store)], environment(home))
    if not terminal.wait_for(rb"documents"):
        fail("the first screen did not come", terminal)
    terminal.read(0.5)
    for keys_, pattern in steps[:-1]:
        terminal.send(keys_)
        if pattern and not terminal.wait_for(pattern):
            fail(f"after {keys_!r} there should be {pattern!r}", terminal)
        # A key that follows an Escape too soon would be read as held with Alt.
        terminal.read(0.5 if keys_.endswith("\x1b") else 0.06)
        if terminal.status() is not None:
            fail(f"it ended after {keys_!r}", terminal)
    leave(terminal)
    print(f"stress: a script of {keys} keys: passed")


def main():
    print(f"stress: seed {SEED}", flush=True)
    home = WORK / "home"
    home.mkdir(parents=True, exist_ok=True)
    lexical = WORK / "lexical"
    if not lexical.exists():
        subprocess.run([FATHOM, "build", str(lexical), "sample-data/library/documents.jsonl", "--embedder", "hashing"],
                       env=environment(home), check=True, capture_output=True)
    for run in (scripted, random_events):
        store = WORK / "store"
        shutil.rmtree(store, ignore_errors=True)
        shutil.rmtree(home / "state", ignore_errors=True)
        shutil.copytree(lexical, store)
        run(store, home)


if __name__ == "__main__":
    main()
