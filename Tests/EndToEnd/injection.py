"""Feeds Fathom what a terminal would obey, from every side, and looks at each byte that it sends to the terminal.

    injection.py WORK

Documents, ids, keys, folder and file names, themes, arguments, answers of servers and programs hold escape sequences,
C0 and C1 controls, marks that turn text round, and OSC 52, which would put text on the clipboard. Every verb of the
command line runs with standard output and error on a terminal, and the screen is driven through its panes and windows.
What arrives is recorded. In a verb's output no control character may be left but line ends, and what the line of
progress needs. The screen's own sequences are known by their form; none of those that were fed may be among them, and
once they are taken out no control character may be left either.

A check that nothing arrives could pass because nothing is shown: each case has to show the picture of an escape.
"""
import http.server
import json
import os
import re
import shutil
import sys
import threading
import time
from pathlib import Path

from stress import FATHOM, WORK, Terminal, environment

# Each is an order to some terminal. None is among those that curses or Fathom sends.
ORDERS = [
    "\x1b]52;c;RVZJTA==\x07", "\x1b]0;evil\x1b\\", "\x1b[6n", "\x1b[21t", "\x1b[9999;1H", "\x1bP$q\"p\x1b\\", "\x1b_evil\x1b\\",
    "\x1bc", "\x1b[?9999h", "\x1b#8", "\x07", "\x08\x08\x08", "\x0e", "\x7f", "\x9b6n", "\x9d52;c;RVZJTA==\x9c", "\x90q\x9c", "\x85",
    "\u202eevil", "\u202d", "\u2066x\u2069", "\u200f", "\u061c", "\u2028", "\u2029", "\x1b",
    "\rover", "\x00", "\x1b\x1b[31m", "\x1b[38:2::1:2:3m",
]
EVIL = "".join(f"{order}|" for order in ORDERS)
# What a name of a file, an argument or a variable can hold: no NUL and no slash.
NAME = "e\x1b]52;c;RVZJTA==\x07\x9b6n\u202e\x08\r"
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
PICTURE = re.compile(r"\u241b|\\u\{1b\}")

# The form of what curses and Fathom send: modes, moves, colours, erasing, and the answer of Ctrl-l.
OWN = re.compile(
    r"\x1b\[\??[0-9;]{0,60}[ABCDGHJKLMPSTX@dfghlmr]|\x1b\[[0-9;]{0,20} q|\x1b\[>[0-9;]*[mu]|\x1b\[[0-9;]*b|"
    r"\x1b[()][AB0]|\x1b[=>78M]|\x1b\[[!]p|\x1b\[22;0;0t|\x1b\[23;0;0t")
WRITTEN_BY_ORDER = ["9999", "[6n", "[21t", "RVZJTA"]


class Problem(Exception):
    pass


def check(what, written, *, is_screen=False, shows=True):
    """Raises when a control character is left in what was written to the terminal."""
    try:
        text = written.decode()
    except UnicodeDecodeError as error:
        raise Problem(f"{what}: bytes that are no UTF-8: {written[max(0, error.start - 30):error.start + 30]!r}")
    if is_screen:
        # The numbers are part of the text too, once their escape is a picture; in a sequence they are an order.
        for sequence in OWN.findall(text):
            if any(order in sequence for order in WRITTEN_BY_ORDER):
                raise Problem(f"{what}: {sequence!r} reaches the terminal")
        text = OWN.sub("", text).replace("\x08", "")
    else:
        # The line of progress goes back to its start and clears the line.
        text = text.replace("\r\x1b[K", "")
    text = text.replace("\r", "")
    if found := FORBIDDEN.search(text):
        raise Problem(f"{what}: {found.group()!r} reaches the terminal: {text[max(0, found.start() - 60):found.end() + 60]!r}")
    if shows and not PICTURE.search(text):
        raise Problem(f"{what}: none of it is shown: {text[-600:]!r}")


class Server(http.server.BaseHTTPRequestHandler):
    """An embedding server whose errors are orders, in JSON and as they are."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.dumps({"error": {"message": EVIL}}) if "json" in self.path else EVIL
        self.send_response(400, "Bad \x1b[6n")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def prepare():
    """Two stores whose documents are orders, in a folder whose name is one; returns the folder."""
    folder = WORK / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, first in [("store", 0), ("other", 1000)]:
        with open(folder / f"{name}.jsonl", "w") as lines:
            for number, order in enumerate(ORDERS + [EVIL]):
                lines.write(json.dumps({
                    "id": f"{first + number}{order}", "content": f"content {order} end\nsecond {order}\tline",
                    "metadata": {f"key{order}": f"value{order}", "source": f"src{order}.txt", "n": number, "list": [order]},
                    "vector": [number, 1, 2]}) + "\n")
    return folder


def run(arguments, folder, patience=60):
    """Runs a verb on a terminal; what it wrote."""
    terminal = Terminal([FATHOM, *arguments], environment(WORK / "home"), 100, 40, folder)
    written = b""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        written += terminal.read(0.1)
        if (status := terminal.status()) is not None:
            if os.WIFSIGNALED(status):
                raise Problem(f"{arguments}: ended by signal {os.WTERMSIG(status)}")
            return written + terminal.read(0)
        # The end of the terminal comes a moment before the end of the program.
        time.sleep(0.02)
    raise Problem(f"{arguments}: still runs after {patience} s")


def verbs(folder, port):
    """Every verb with orders in what it reads and in what it is told; whether something of them has to be seen."""
    store, evil_id = "store", f"2{ORDERS[2]}"
    server = f"http://127.0.0.1:{port}"
    broken = folder / f"broken{NAME}.csv"
    broken.write_text(f"text,{NAME}\n\"a\"{NAME},b\n")
    (folder / "cells.csv").write_text(f"text,k{NAME}\nhello,v\n".replace("\r", ""))
    (folder / "line.jsonl").write_text('{"content": "x\\u001b", "vector": [1,' + EVIL.replace("\n", "") + "]}\n")
    (folder / f"{NAME}.faiss").write_text("Ix\x1b]" + EVIL)
    (folder / "global.pkl").write_bytes(b"c__builtin__" + NAME.replace("\r", "").encode() + b"\nev\x1b[6nal\n.")
    (folder / "tool").write_text("#!/bin/sh\nprintf '" + EVIL.replace("\x00", "").replace("%", "%%").replace("'", "") + "' >&2\nexit 3\n")
    (folder / "tool").chmod(0o755)
    for name in (store, "other"):
        check(f"building {name}", run(["build", name, f"{name}.jsonl"], folder), shows=False)
    shutil.copy(folder / "store/index.faiss", folder / "global.faiss")
    cases = [
        (["info", store], False), (["info", store, "--json"], False), (["list", store], True), (["list", store, "--json"], False),
        (["show", store, evil_id], True), (["show", store, evil_id, "--json"], False), (["show", store, "no such" + NAME], True),
        (["search", store, "--vector", "[1,1,2]", "-k", "40"], True), (["search", store, "--like", evil_id, "--json"], False),
        (["search", store, "--vector", "[1,1,2]", "--mmr"], True), (["search", store, "text" + NAME], False),
        (["search", store, "--vector", NAME], False), (["list", store, "--filter", f"page >= {NAME}"], True),
        (["list", store, "--filter", '{"page": {"$' + NAME + '": 1}}'], True),
        (["list", store, "--" + NAME], True), (["li" + NAME, store], False), (["list", store, NAME], True),
        (["search", store, "x", "-k", "4" + NAME], True), (["export", store, "out.csv", "--format", NAME], True),
        (["list", "missing" + NAME], True), (["info", f"{NAME}.faiss"], True), (["info", "global.pkl"], True),
        (["build", "new" + NAME, str(broken)], True), (["build", "new", "line.jsonl"], False), (["add", store, "missing" + NAME], True),
        (["build", "cells" + NAME, "cells.csv", "--embedder", "hashing"], True), (["list", "cells" + NAME], False),
        (["embed", "text" + NAME, "--tokens"], False), (["embed", "x", "--embedder", "no" + NAME], True),
        (["embed", "x", "--embedder", f"{server}/json#m{NAME}"], False), (["embed", "x", "--embedder", f"{server}/plain#m"], False),
        (["embed", "x", "--embedder", f"command:./tool a{NAME}"], False), (["embed", "x", "--embedder", f"command:./no{NAME}"], True),
        (["embed", "x", "--embedder", f"http://{NAME}/v1#m"], True), (["embed", "x", "--model", "folder" + NAME], True),
        (["edit", store, evil_id, "--set", f"k{NAME}=v{NAME}", "--dry-run"], False), (["edit", store, evil_id, "--set", f"k{NAME}=v"], False),
        (["edit", store, evil_id, "--unset", NAME], False), (["delete", store, evil_id, "--dry-run"], True),
        (["delete", store, f"7{ORDERS[7]}"], False), (["delete", store, "none" + NAME], True),
        (["merge", store, "other", "--dry-run"], False), (["merge", store, "other"], False), (["merge", store, "none" + NAME], True),
        (["export", store, "-"], False), (["export", store, "-", "--format", "md"], False), (["export", store, "-", "--format", "csv"], False),
        (["export", store, f"out{NAME}.md"], True), (["export", store, f"no{NAME}/out.md"], True),
        (["copy", store, f"copy{NAME}"], True), (["copy", store, f"sqlite:{NAME}.db#{NAME}"], True), (["info", f"sqlite:{NAME}.db#x{NAME}"], True),
        (["copy", store, "x", "--format", NAME], True), (["recover", store], False), (["model", NAME], True),
    ]
    problems = []
    for arguments, shows in cases:
        try:
            check(repr(arguments), run(arguments, folder), shows=shows)
        except Problem as problem:
            problems.append(str(problem))
    return len(cases), problems


def screen(folder):
    """The screen with such documents, names, settings and edits; every pane and window."""
    home = WORK / "home"
    settings = home / "config/fathom"
    (settings / "themes").mkdir(parents=True, exist_ok=True)
    (settings / "keys.toml").write_text('"documents.' + "\\u001b]52;c;RVZJTA==\\u0007" + '" = ["x\\u009b6n"]\nquit = ["\\u001b[6n"]\n')
    (settings / "themes" / f"{NAME}.toml".replace("\r", "")).write_text("inherits = \"\\u001b[6n\"\n")
    keys = ["", "jjjj", "3jj", "1", "snorth\x1b[200~" + EVIL + "\x1b[201~\r", "\x1b", "f\x1b[200~page = " + EVIL + "\x1b[201~", "\r", "\x1b",
            "/\x1b[200~" + EVIL + "\x1b[201~\r", "\x1b", "1 jm", "\x1b", "z", "z", "I", "\x1b", "H", "\x1b", "o", "\x1b", "C", "\x1b", "T",
            "\x1bOB\x1bOB\x1bOB", "\x1b", "@", "\r", "\x1b", "\x1b", ".", "\x1b", "?", "\x1b", "J", "\x1b", "\x0f", "\x1b", "Mother\r", "\r", "dy", "u",
            "ekey\x1b[200~" + NAME + "\x1b[201~=1\r", "x", "\x1b", "E", "\x1b", "!", "\x1b", "&n > 3\r", "\x13", "\x1b", ":\x1b[200~" + EVIL + "\x1b[201~\r", "\x1b",
            "anone\x1b[200~" + NAME + "\x1b[201~\r", "\x1b", "\x1bh", "\x1b"]
    written, problems = b"", []
    terminal = Terminal([FATHOM, "other"], environment(home), 120, 40, folder)
    for text in keys:
        part = terminal.send(text) + terminal.read(0.3)
        # Once more whole, so that what only differs is seen too.
        terminal.resize(121 if terminal.width == 120 else 120, 40)
        part += terminal.read(0.5)
        if terminal.status() is not None:
            return len(keys), problems + [f"the screen ended after {text!r}"]
        try:
            check(f"the screen after {text!r}", part, is_screen=True, shows=False)
        except Problem as problem:
            problems.append(str(problem))
        written += part
    written += terminal.send(":q!\r")
    for _ in range(100):
        written += terminal.read(0.1)
        if terminal.status() is not None:
            break
    if not PICTURE.search(written.decode(errors="replace")):
        problems.append("the screen shows none of it")
    return len(keys), problems


def check_the_check():
    """Each order as it is must be found, between the sequences of a screen as well."""
    for order in ORDERS:
        for is_screen in (False, True):
            if is_screen and order.strip("\x08\r") == "" or order == "\rover":
                continue
            try:
                check("", f"\x1b[1;31m{PICTURE.pattern[0]}\x1b[m{order}\x1b[2;5H".encode() if is_screen else order.encode(), is_screen=is_screen, shows=False)
            except Problem:
                continue
            raise SystemExit(f"injection: the check does not see {order!r}")


def main():
    check_the_check()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = prepare()
    (WORK / "home").mkdir(exist_ok=True)
    count, problems = verbs(folder, server.server_address[1])
    steps, more = screen(folder)
    problems += more
    print(f"injection: {count} commands and {steps} steps on the screen, {len(ORDERS)} orders to a terminal in all that they "
          "read: " + ("FAILED" if problems else "passed"))
    for problem in problems:
        print(f"  {problem}")
    sys.exit(1 if problems else 0)


main()
