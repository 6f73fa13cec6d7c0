"""Looks for a key, and for what was typed, where they should not be; and who may read what Fathom leaves behind.

    key_secrecy.py WORK

Verbs and the screen run with a key in their environment, against a server that wants it, repeats it in its errors, cuts
it off, sends the caller elsewhere, and is slow. Then: no output, no file and no command line of any process has the key,
the other host never got it, and the report of a crash does not show it. Whatever is in the state and cache folders then
may be read by nobody else, although the umask allows everybody everything.
"""
import http.server
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

from stress import FATHOM, WORK, Terminal, environment

KEY = "sk-fathom-0123456789abcdefXYZ"
HOME = WORK / "home"
problems = []
got_elsewhere = []
asked = threading.Event()


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = self.headers.get("Authorization") or ""
        kind = self.path.split("/")[1]
        if kind == "slow":
            asked.set()
            time.sleep(3)
        if kind == "elsewhere":
            got_elsewhere.append(key)
        if kind in ("good", "slow"):
            texts = json.loads(body)["input"]
            vectors = [{"index": n, "embedding": [len(text), 1, sum(map(ord, text)) % 97]} for n, text in enumerate(texts)]
            return self.answer(200 if key == f"Bearer {KEY}" else 401, json.dumps({"data": vectors}))
        if kind == "redirect":
            return self.answer(307, "", {"Location": f"http://localhost:{self.server.server_address[1]}/elsewhere/embeddings"})
        if kind == "json":
            return self.answer(401, json.dumps({"error": {"message": f"bad key {key} of {self.headers}"}}))
        self.answer(200 if kind == "cut" else 500, "x" * 285 + key + str(self.headers))

    def answer(self, status, body, headers={}):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body.encode())
        except OSError:
            pass

    def log_message(self, *_):
        pass


def settings():
    keys = {name: KEY for name in ("FATHOM_API_KEY", "OPENAI_API_KEY", "OLLAMA_API_KEY")}
    return environment(HOME) | keys | {"TMPDIR": str(WORK / "tmp")}


def note(what, text):
    if KEY[:14] in text:
        problems.append(f"{what}: the key is in it: …{text[max(0, text.find(KEY[:14]) - 80):][:160]!r}")


def run(arguments, status=None):
    result = subprocess.run([FATHOM, *arguments], cwd=WORK, env=settings(), stdin=subprocess.DEVNULL, capture_output=True,
                            text=True, timeout=120)
    note(f"output of {arguments}", result.stdout + result.stderr)
    if status is not None and result.returncode != status:
        problems.append(f"{arguments} ended with {result.returncode}: {result.stderr}")
    return result


def command_lines():
    for process in Path("/proc").glob("[0-9]*"):
        try:
            note(f"command line of {process.name}", (process / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            pass


def crash(number, address):
    """A signal in the middle of a request; what the program says then."""
    asked.clear()
    process = subprocess.Popen([FATHOM, "embed", "some text", "--embedder", f"{address}/slow#m"], cwd=WORK, stdin=subprocess.DEVNULL,
                               env={name: value for name, value in settings().items() if name != "SWIFT_BACKTRACE"},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    asked.wait(60)
    command_lines()
    process.send_signal(number)
    output = process.communicate(timeout=120)[0]
    note(f"what is said after {signal.Signals(number).name}", output.decode(errors="replace"))
    # Swift's handler tells where every thread is, and goes on where the signal came from outside.
    if process.returncode != -number and b"crashed" not in output:
        problems.append(f"{signal.Signals(number).name} did nothing")


def session(address):
    """On the screen: a search, an edit, a copy, an export, a theme, and no save; then it is killed."""
    terminal = Terminal([FATHOM, "store", "--embedder", f"{address}/good#m"], settings(), 120, 40, WORK)
    written = b""
    if not terminal.wait_for(rb"documents"):
        problems.append("the screen did not come")
    for keys in ["ssome text\r", "1", "edraft=yes\r", "dy", "u", "yp", "\x1b", "yt", "T\x1bOB\r", ">", "Emini\x1b", "I", "\x1b", "H", "\x1b", "dy"]:
        written += terminal.send(keys) + terminal.read(0.5)
    command_lines()
    note("the screen", written.decode(errors="replace"))
    os.kill(terminal.process, signal.SIGKILL)
    os.waitpid(terminal.process, 0)


def look_at_files():
    folders = [HOME / "state", HOME / "cache", HOME / "config"]
    count = 0
    for root in folders + [WORK / "tmp", WORK / "store"]:
        for path in [root, *root.rglob("*")]:
            if not path.exists():
                continue
            if path.is_file():
                note(str(path), path.read_bytes().decode(errors="replace"))
            if root in folders[:2] and path != root:
                count += 1
                mode = stat.S_IMODE(path.stat().st_mode)
                if mode != (0o700 if path.is_dir() else 0o600):
                    problems.append(f"{path} may be read by others: {mode:o}")
    left = list((WORK / "tmp").iterdir())
    if left:
        problems.append(f"left in the temporary folder: {left}")
    return count


def main():
    os.umask(0)
    for folder in (HOME, WORK / "tmp"):
        folder.mkdir(parents=True, exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    (WORK / "texts.jsonl").write_text("".join(json.dumps({"id": f"d{n}", "content": f"text {n}"}) + "\n" for n in range(20)))
    run(["build", "store", "texts.jsonl", "--embedder", f"{address}/good#m"], 0)
    run(["search", "store", "text", "--embedder", f"{address}/good#m", "--json"], 0)
    run(["info", "store", "--json"], 0)
    for kind in ("json", "cut", "plain", "redirect"):
        if run(["embed", "x", "--embedder", f"{address}/{kind}#m"]).returncode == 0:
            problems.append(f"{kind}: it should have failed")
        run(["search", "store", "x", "--embedder", f"{address}/{kind}#m"])
    run(["build", "half", "texts.jsonl", "--embedder", f"{address}/json#m"])
    run(["embed", "x", "--embedder", f"http://{KEY}@127.0.0.1/v1#m"])
    if any(got_elsewhere):
        problems.append("the key went to another host")
    for number in (signal.SIGABRT, signal.SIGSEGV):
        crash(number, address)
    session(address)
    files = look_at_files()
    if files < 4:
        problems.append(f"only {files} files and folders were there to look at")
    print(f"secrets: {files} files and folders of state and cache, and everything that was said: "
          + ("FAILED" if problems else "passed"))
    for problem in problems:
        print(f"  {problem}")
    sys.exit(1 if problems else 0)


main()
