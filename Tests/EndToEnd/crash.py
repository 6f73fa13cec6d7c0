"""Crashes Fathom at every point of a save and checks that the old or the new documents are there, whole.

For each scenario one run without a crash counts the calls that change the file system. Then, for each of
them, a fresh copy of the prepared folder sees the command killed before that call (crash-at.c), and once more
in the middle of it if it is a write. After each crash:

* `fathom list --json`, which may finish an interrupted save, shows exactly the old or the new documents,
  and the files are byte for byte those of that state; they were so before, for LangChain, unless the folder is
  one that cannot be exchanged;
* a command that had printed its success has made the new state;
* the same when the call fails instead (EIO), or the disk is full from there on (ENOSPC): then the command either
  ends well and has made the new state, or says why not; so too when a call that reads fails, open and mmap among them;
* the same when a call for memory fails: then the command may also end with a signal, as Swift's runtime does where it
  gets none;
* the next command works, reaches the state it should, and leaves no temporary file behind;
* files that are no business of the command are as they were;
* a command without a crash forced to disk what it wrote before it went on, and before it printed its success
  (power.py);
* LangChain loads every distinct pair of files that was left, with the documents that Fathom lists.

A new scenario is a Scenario: prepare() fills a folder, command says what is run there. One that has to be
driven, an interactive session say, overrides execute(); one with other files overrides the attributes.
Run by crash.sh.
"""
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import power

FATHOM = os.environ["FATHOM_BIN"]
CRASH_AT = sys.argv[1]
WORK = Path(sys.argv[2])
STEP = int(os.environ.get("CRASH_STEP", "1"))
JOBS = int(os.environ.get("CRASH_JOBS", "2"))
ONLY = os.environ.get("CRASH_ONLY", "")
WAYS = os.environ.get("CRASH_WAYS", "killed torn fail full unreadable no-memory").split()
STORES = Path("Tests/Fixtures/stores/langchain-community-0.4.2").resolve()
KILLED = 137
MINIMUM = 500  # points of a full run
# What a person is told when a disk fails or is full.
REASONS = re.compile(
    "input/output error|no space left on device|disk i/o error|database or disk is full"
    "|attempt to write a readonly database|unable to open database file|cannot allocate memory|out of memory"
    "|cannot open shared object|failed to map segment|bad_alloc|error while loading shared|cannot allocate"
    # SQLite's and Foundation's words for a file that cannot be read.
    "|database disk image is malformed|could not be completed|cannot list|cannot read|changed since it was opened",
    re.IGNORECASE)
KINDS = ("old", "new", "mixed", "lost")


# --- what is on disk


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def tree(folder):
    """Every file and folder below `folder`, with permissions and contents."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.stat().st_mode
        found[str(path.relative_to(folder))] = (mode, None if path.is_dir() else digest(path))
    return found


def replace_folder(source, destination):
    shutil.rmtree(destination, ignore_errors=True)
    shutil.copytree(source, destination)


# --- running


def run(arguments, box, *, stdout=subprocess.PIPE):
    home = box / "home"
    environment = {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    return subprocess.run(
        arguments, cwd=box, env=environment, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
        timeout=60)


def message(result):
    return result.stderr.decode(errors="replace").strip()


def fathom(box, *arguments):
    """Runs a command that must succeed."""
    result = run([FATHOM, *arguments], box)
    if result.returncode != 0:
        raise AssertionError(f"fathom {' '.join(arguments)}: {message(result)}")
    return result.stdout


@dataclass
class Call:
    """One call that changes the file system, and how it is cut off."""
    number: int
    name: str
    bytes: int
    path: str
    way: str = "killed"
    """killed before it, torn in the middle of it; or it is to fail, or the disk to be full from here on; of calls
    that read: unreadable; of calls for memory: no-memory."""

    @property
    def is_crash(self):
        return self.way in ("killed", "torn")

    def __str__(self):
        file = os.path.basename(self.path.rstrip("/"))
        words = {
            "killed": f"killed before {self.name} {file}",
            "torn": f"killed in the middle of {self.name} {file} ({self.bytes} bytes)",
            "fail": f"{self.name} {file} fails",
            "full": f"the disk is full from {self.name} {file} on",
            "unreadable": f"{self.name} {file} cannot be read",
            "no-memory": f"no memory for {self.name} ({self.bytes} bytes)",
        }
        return f"point {self.number}, {words[self.way]}"


@dataclass
class Scenario:
    name: str
    prepare: callable
    """Fills the empty folder `box`."""
    command: list
    """Arguments of fathom, run in `box`."""
    store: str = "store"
    """What is listed."""
    files: tuple = ("store/index.faiss", "store/index.pkl")
    """The files that make the store, LangChain's pair as a rule."""
    is_langchain: bool = True
    """Whether LangChain reads these files."""
    is_in_place: bool = False
    """Whether the files are renamed one by one, because their folder cannot be exchanged."""
    is_careless: bool = False
    """A scenario that has to fail, to show that this test can see it."""

    def execute(self, box, call, log=None):
        """Runs the command, cut off at `call`; without one, to its end, with its calls in `log`.

        Returns whether it was cut off or has failed, and what it had printed by then.
        """
        options = [f"--{call.way}"] if call and call.way != "killed" else []
        options += ["--log", str(log)] if log else []
        printed = box.parent / "printed"
        with open(printed, "wb") as output:
            result = run(
                [CRASH_AT, *options, str(call.number if call else 0), *self.arguments()], box, stdout=output)
        if call and call.way == "no-memory" and result.returncode >= 128 and result.returncode != KILLED:
            return True, printed.read_bytes()
        if call and not call.is_crash and 0 < result.returncode < 128:
            if not REASONS.search(message(result)):
                raise AssertionError(f"{call}: exit {result.returncode} without the reason: {message(result)!r}")
            return True, printed.read_bytes()
        if result.returncode not in (0, KILLED) or result.returncode == KILLED and not (call and call.is_crash):
            raise AssertionError(f"{call}: exit {result.returncode}: {message(result)}")
        return result.returncode == KILLED, printed.read_bytes()

    def arguments(self):
        """The program that is run."""
        return [FATHOM, *self.command]

    def documents(self, box):
        """The documents that Fathom lists; None where there is no store. Throws what it says otherwise."""
        result = run([FATHOM, "list", self.store, "--json"], box)
        if result.returncode == 0:
            return result.stdout
        reason = message(result)
        if re.search("not found|no such file", reason) and not any(self.pair(box)):
            return None
        raise AssertionError(f"list fails ({result.returncode}): {reason}")

    def pair(self, box):
        return tuple(digest(box / file) for file in self.files)

    def backups(self, box):
        return tuple(digest(box / f"{file}.bak") for file in self.files)

    def go_on(self, box, documents, is_new):
        """The next thing a person does: the same again, or, where it was done, something else."""
        if is_new:
            first = json.loads(documents.split(b"\n", 1)[0])["id"]
            fathom(box, "edit", self.store, first, "--set", "after=1")
        else:
            result = run(self.arguments(), box)
            if result.returncode != 0:
                raise AssertionError(f"the same again fails: {message(result)}")

    def strays(self, box):
        """Files that should not be there after a save that went well."""
        expected = {*self.files, *(f"{file}.bak" for file in self.files), "home/state/fathom/embedders.json"}
        return [
            name for name, (_, content) in tree(box).items()
            if content and not name.startswith("in/") and name not in expected
            # Vectors that a build had computed: in the cache, one file for each store, for the next build.
            and not fnmatch(name, "home/cache/fathom/builds/*.vectors")]


# --- one scenario


@dataclass
class State:
    documents: bytes
    pair: tuple


@dataclass
class Verdict:
    """What became of one state on disk."""
    outcome: str = "lost"
    problems: list = field(default_factory=list)
    is_raw_mixture: bool = False
    has_mixed_backups: bool = False


@dataclass
class Outcome:
    scenario: Scenario
    counts: dict = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    points: int = 0
    raw_mixtures: int = 0
    mixed_backups: int = 0
    power_problems: int = 0
    failures: int = 0
    problems: list = field(default_factory=list)

    @property
    def passed(self):
        if self.scenario.is_careless:
            return self.counts["mixed"] > 0 and self.counts["lost"] > 0 and self.power_problems > 0
        return self.points > 0 and not self.problems

    def __str__(self):
        counts = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        lines = [
            f"crash: {self.scenario.name}: {self.points} points, {counts}: "
            + ("passed" if self.passed else "FAILED")]
        if not self.passed:
            lines += [f"  {problem}" for problem in self.problems] or ["  nothing was found to be wrong"]
        return "\n".join(lines)


class Trial:
    """The crashes of one scenario."""

    def __init__(self, number, scenario):
        self.scenario = scenario
        self.number = number
        self.folder = WORK / f"{number}"
        self.box = self.folder / "box"
        self.template = self.folder / "template"
        self.verdicts = {}
        self.outcome = Outcome(scenario)

    def run(self):
        try:
            calls = self.learn()
            # Another start for each scenario, so that a step does not try the same calls in all of them.
            step = 1 if self.scenario.is_careless else STEP
            for call in calls[self.number % step::step]:
                self.crash(call)
        except Exception as error:
            self.outcome.problems.append(f"cannot be run: {type(error).__name__}: {error}")
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.outcome

    def learn(self):
        """Prepares the folder and runs the command twice without a crash: what is old and what is new."""
        self.box.mkdir(parents=True)
        self.scenario.prepare(self.box)
        replace_folder(self.box, self.template)
        self.inputs = {name: file for name, file in tree(self.box).items() if name.startswith("in/")}
        self.backups_before = self.scenario.backups(self.box)
        self.old = self.state()
        log = self.folder / "log"
        replace_folder(self.template, self.box)
        self.scenario.execute(self.box, None, log)
        lost = power.problems(log, self.box, self.folder / "printed")
        self.outcome.power_problems = len(lost)
        if not self.scenario.is_careless:
            self.outcome.problems += [f"without power after it: {problem}" for problem in lost]
        self.new = self.state()
        replace_folder(self.template, self.box)
        _, self.printed = self.scenario.execute(self.box, None)
        again = self.state()
        if again.documents != self.new.documents:
            raise AssertionError("two runs make different documents")
        self.is_repeatable = again.pair == self.new.pair
        calls = []
        for line in log.read_text().splitlines():
            number, name, count, path = line.split(" ", 3)
            calls.append(Call(int(number), name, int(count), path))
            if int(count) > 1:
                calls.append(Call(int(number), name, int(count), path, "torn"))
            if not path.endswith("/printed"):
                calls += [Call(int(number), name, int(count), path, way) for way in ("fail", "full")]
        for way in ("unreadable", "no-memory"):
            replace_folder(self.template, self.box)
            run([CRASH_AT, f"--{way}", "--log", str(log), "0", *self.scenario.arguments()], self.box)
            for line in log.read_text().splitlines():
                number, name, count, path = line.split(" ", 3)
                calls.append(Call(int(number), name, int(count), path, way))
        return [call for call in calls if call.way in WAYS]

    def state(self):
        documents = self.scenario.documents(self.box)
        state = State(documents, self.scenario.pair(self.box))
        keep_for_langchain(self.scenario, self.box, state)
        return state

    def crash(self, call):
        replace_folder(self.template, self.box)
        self.is_failing = call.way in ("fail", "unreadable", "no-memory")
        try:
            was_cut_off, printed = self.scenario.execute(self.box, call)
        except AssertionError as error:
            self.outcome.points += 1
            self.outcome.problems.append(str(error))
            return
        if not was_cut_off and self.scenario.command[:1] == ["list"] and printed != self.printed:
            self.outcome.problems.append(f"{call}: it ended well and said something else")
        # The same bytes under the same names have the same future.
        key = json.dumps([tree(self.box), self.is_failing])
        verdict = self.verdicts.get(key)
        if verdict is None:
            verdict = self.verdicts[key] = self.judge()
        outcome = self.outcome
        outcome.points += 1
        outcome.counts[verdict.outcome] += 1
        outcome.raw_mixtures += verdict.is_raw_mixture
        outcome.mixed_backups += verdict.has_mixed_backups
        outcome.problems += [f"{call}: {problem}" for problem in verdict.problems]
        outcome.failures += not call.is_crash
        if verdict.outcome != "new" and (printed or not was_cut_off):
            outcome.problems.append(f"{call}: it had said {printed.decode(errors='replace').strip()!r}")

    def judge(self):
        """Opens what a crash left, and goes on with it."""
        scenario, box, verdict = self.scenario, self.box, Verdict()
        raw = scenario.pair(box)
        verdict.is_raw_mixture = self.is_mixture(raw)
        try:
            documents = scenario.documents(box)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            verdict.outcome = "mixed" if self.is_mixture(scenario.pair(box)) else "lost"
            verdict.problems.append(f"{verdict.outcome}: {error}")
            return verdict
        pair = scenario.pair(box)
        if pair != raw and len(pair) > 1 and not scenario.is_in_place and not scenario.is_careless:
            verdict.problems.append("the files were not those of one save before fathom opened them")
        verdict.outcome, problem = self.classify(documents, pair)
        if problem:
            verdict.problems.append(f"{verdict.outcome}: {problem}")
            return verdict
        keep_for_langchain(scenario, box, State(documents, pair))
        backups = scenario.backups(box)
        if None not in backups and len(backups) > 1:
            verdict.has_mixed_backups = backups not in (self.backups_before, self.old.pair)
        if scenario.is_careless:
            return verdict
        try:
            self.go_on(documents, verdict.outcome == "new")
        except (AssertionError, subprocess.TimeoutExpired) as error:
            verdict.problems.append(str(error))
        return verdict

    def is_mixture(self, pair):
        """Whether some files are of the old state and others of the new."""
        if not self.is_repeatable or pair in (self.old.pair, self.new.pair):
            return False
        return all(file in (old, new) for file, old, new in zip(pair, self.old.pair, self.new.pair))

    def classify(self, documents, pair):
        """old, new, mixed or lost, and what is wrong."""
        for name, state in (("new", self.new), ("old", self.old)):
            if documents == state.documents:
                # A run whose bytes differ each time is judged by its documents.
                if pair == state.pair or (name == "new" and not self.is_repeatable):
                    return name, None
        if documents in (self.new.documents, self.old.documents):
            return "mixed", "the documents are of one state, the files are not"
        if self.is_mixture(pair):
            return "mixed", "one file is of the old state, one of the new"
        count = "no store" if documents is None else f"{documents.count(10)} documents"
        return "lost", f"{count}, neither the old nor the new"

    def go_on(self, documents, is_new):
        scenario, box = self.scenario, self.box
        scenario.go_on(box, documents, is_new)
        # The same bytes hold the same documents.
        if not is_new and not (self.is_repeatable and scenario.pair(box) == self.new.pair):
            outcome, problem = self.classify(scenario.documents(box), scenario.pair(box))
            if outcome != "new":
                raise AssertionError(f"the same again makes something else: {problem or outcome}")
        # What cannot be removed while a disk fails is kept under a name that says so.
        if strays := [name for name in scenario.strays(box) if not name.endswith(".interrupted") or not self.is_failing]:
            raise AssertionError(f"left after the next save: {', '.join(strays)}")
        if {name: file for name, file in tree(box).items() if name.startswith("in/")} != self.inputs:
            raise AssertionError("files that were only to be read have changed")


# --- LangChain

kept = {}
kept_lock = threading.Lock()


def keep_for_langchain(scenario, box, state):
    """Keeps a copy of each distinct pair of files."""
    if state.documents is None or scenario.is_careless or not scenario.is_langchain:
        return
    with kept_lock:
        if state.pair in kept:
            return
        folder = WORK / "kept" / f"{len(kept)}"
        kept[state.pair] = (scenario, folder, state.documents)
        folder.mkdir(parents=True)
    for file in scenario.files:
        shutil.copy(box / file, folder / os.path.basename(file))


def load_in_langchain():
    """Loads all of them; returns how many, or None without LangChain, and what was wrong."""
    try:
        from langchain_community.vectorstores import FAISS
        from langchain_core.embeddings import FakeEmbeddings
    except ImportError:
        return None, []
    embeddings, problems = FakeEmbeddings(size=8), []
    for scenario, folder, documents in kept.values():
        file = folder / os.path.basename(scenario.files[0])
        try:
            if len(scenario.files) == 1:
                store = FAISS.deserialize_from_bytes(
                    file.read_bytes(), embeddings, allow_dangerous_deserialization=True)
            else:
                store = FAISS.load_local(
                    str(folder), embeddings, index_name=file.stem, allow_dangerous_deserialization=True)
            ids = [store.index_to_docstore_id[row] for row in range(store.index.ntotal)]
            found = [(id, store.docstore.search(id)) for id in ids]
            listed = [json.loads(line) for line in documents.decode().splitlines()]
            if [(id, document.page_content) for id, document in found] != [
                    (document["id"], document["content"]) for document in listed]:
                problems.append(f"{scenario.name}: LangChain shows other documents")
            if [list(document.metadata) for _, document in found] != [
                    list(document["metadata"]) for document in listed]:
                problems.append(f"{scenario.name}: LangChain shows other metadata")
        except Exception as error:
            problems.append(f"{scenario.name}: LangChain: {type(error).__name__}: {error}")
    return len(kept), problems


# --- the scenarios


def copy_fixture(name, destination):
    destination.mkdir(parents=True, exist_ok=True)
    for file in (STORES / name).iterdir():
        if file.suffix in (".faiss", ".pkl", ".bin"):
            shutil.copy(file, destination)


def records(path, name, count, *, dimension=8, characters=60, large=0):
    """JSON Lines with ids; vectors too, unless `dimension` is 0. The first `large` texts have a megabyte."""
    source = random.Random(name)
    path.parent.mkdir(exist_ok=True)
    with open(path, "w") as lines:
        for n in range(count):
            text = f"{name} {n} " + "x" * ((1 << 20) + 1000 if n < large else characters)
            record = {"id": f"{name}-{n:03}", "text": text, "metadata": {"page": n, "source": f"{name}.txt"}}
            if dimension:
                record["vector"] = [round(source.gauss(0, 1), 3) for _ in range(dimension)]
            lines.write(json.dumps(record) + "\n")


def library(box):
    """A store that LangChain wrote."""
    copy_fixture("basic_l2", box / "store")


def with_folder(prepare):
    """A folder in the store's folder, which cannot be exchanged for another then."""
    def prepared(box):
        (box / "store/inner").mkdir(parents=True)
        prepare(box)
    return prepared


def library_with_backups(box):
    library(box)
    fathom(box, "delete", "store", "doc-001")


def another(box):
    records(box / "in/other.jsonl", "other", 30)
    fathom(box, "build", "in/other", "in/other.jsonl")


def library_and_another(box):
    library(box)
    another(box)


def two(box):
    another(box)
    copy_fixture("basic_l2", box / "in/same")
    fathom(box, "edit", "in/same", "--filter", "page < 9", "--set", "edition=2")


def library_and_two(box):
    library(box)
    two(box)


def more(box):
    records(box / "in/more.jsonl", "more", 25)


def library_and_more(box):
    library(box)
    more(box)


def named(box):
    """A store under another name than LangChain's default."""
    copy_fixture("index_name_custom", box / "store")


NAMED = next(file.stem for file in (STORES / "index_name_custom").glob("*.faiss"))


def serialized(box):
    copy_fixture("serialized_bytes", box / "store")


def converted(destination, *options):
    """The library in another format."""
    def prepare(box):
        copy_fixture("basic_l2", box / "in/store")
        (box / "store").mkdir()
        fathom(box, "copy", "in/store", destination, *options)
    return prepare


def large(box):
    """Files that take several writes."""
    records(box / "in/large.jsonl", "large", 40, dimension=64, large=1)
    fathom(box, "build", "store", "in/large.jsonl")


def texts(box):
    """Texts for two batches of an embedder."""
    records(box / "in/texts.jsonl", "texts", 260, dimension=0, characters=9)


def embedded(box):
    records(box / "in/texts.jsonl", "texts", 30, dimension=0)
    fathom(box, "build", "store", "in/texts.jsonl", "--embedder", "hashing")
    records(box / "in/more.jsonl", "more", 30, dimension=0)


def cut_off(prepare, arguments, name, file):
    """Prepares, and runs a command that is killed before it makes call `name` on `file`."""
    def cut(box):
        prepare(box)
        replace_folder(box, box.parent / "cut")
        log = box.parent / "cut-log"
        run([CRASH_AT, "--log", str(log), "0", FATHOM, *arguments], box)
        replace_folder(box.parent / "cut", box)
        number = next(
            number for number, call, _, path in (line.split(" ", 3) for line in log.read_text().splitlines())
            if call == name and fnmatch(os.path.basename(path), file))
        if run([CRASH_AT, number, FATHOM, *arguments], box).returncode != KILLED:
            raise AssertionError("was not killed")
    return cut


def first_build(box):
    """Two versions of a store that is not there yet."""
    records(box / "in/first.jsonl", "first", 40, dimension=16)
    records(box / "in/second.jsonl", "second", 20, dimension=16)


class Careless(Scenario):
    """Copies one file over the other, as a program does that does not think of crashes."""

    def arguments(self):
        copies = [f"cat in/new/index.{ending} >store/index.{ending}" for ending in ("faiss", "pkl")]
        return ["sh", "-c", "; ".join([*copies, "echo done"])]


def library_and_its_future(box):
    library(box)
    copy_fixture("basic_l2", box / "in/new")
    fathom(box, "delete", "in/new", "doc-005")


DELETE = ["delete", "store", "doc-003", "doc-017"]
EDIT = ["edit", "store", "--filter", "page >= 3", "--set", "k=v"]
BUILD = ["build", "store", "in/texts.jsonl", "--embedder", "hashing"]

SCENARIOS = [
    Careless("a careless program is found out", library_and_its_future, [], is_careless=True),
    Scenario("build with an embedder", texts, BUILD),
    Scenario(
        "build again after a crash while embedding",
        cut_off(texts, BUILD, "renameat2", "store"), BUILD),
    Scenario("edit large files", large, EDIT),
    Scenario(
        "build over a build that was cut off",
        cut_off(first_build, ["build", "store", "in/first.jsonl"], "renameat2", "store"),
        ["build", "store", "in/second.jsonl"]),
    Scenario(
        "build in place over a build that was cut off",
        cut_off(
            with_folder(first_build), ["build", "store", "in/first.jsonl"], "rename",
            ".index.fathom-save.new"),
        ["build", "store", "in/second.jsonl"], is_in_place=True),
    Scenario("add with an embedder", embedded, ["add", "store", "in/more.jsonl", "--embedder", "hashing"]),
    Scenario("list", library, ["list", "store", "--json"]),
    Scenario("delete", library, DELETE),
    Scenario("delete, with backups there", library_with_backups, DELETE),
    Scenario(
        "delete after a save that was cut off",
        cut_off(library, EDIT, "unlink", "index.pkl"), DELETE),
    Scenario(
        "list after a save that was cut off",
        cut_off(library, DELETE, "unlink", "index.pkl"), ["list", "store", "--json"]),
    Scenario("delete in place", with_folder(library), DELETE, is_in_place=True),
    Scenario(
        "delete in place after a save that was cut off",
        cut_off(with_folder(library), EDIT, "rename", ".index.pkl.fathom-new"), DELETE, is_in_place=True),
    Scenario(
        "list after a save in place that was cut off",
        cut_off(with_folder(library), DELETE, "rename", ".index.pkl.fathom-new"), ["list", "store", "--json"],
        is_in_place=True),
    Scenario("edit", library, EDIT),
    Scenario("merge", library_and_another, ["merge", "store", "in/other"]),
    Scenario(
        "merge two and replace", library_and_two,
        ["merge", "store", "in/other", "in/same", "--on-duplicate", "replace"]),
    Scenario("merge into a new store", two, ["merge", "in/other", "in/same", "--output", "store"]),
    Scenario("add", library_and_more, ["add", "store", "in/more.jsonl"]),
    Scenario("build", more, ["build", "store", "in/more.jsonl"]),
    Scenario(
        "build in folders that are not there", more, ["build", "deep/er/store", "in/more.jsonl"],
        store="deep/er/store", files=("deep/er/store/index.faiss", "deep/er/store/index.pkl")),
    Scenario(
        "a store of another name", named,
        ["edit", f"store/{NAMED}.faiss", "--filter", "true", "--set", "k=v"],
        store=f"store/{NAMED}.faiss", files=(f"store/{NAMED}.faiss", f"store/{NAMED}.pkl")),
    Scenario(
        "serialized bytes", serialized, ["edit", "store/serialized.bin", "--filter", "true", "--set", "k=v"],
        store="store/serialized.bin", files=("store/serialized.bin",)),
    Scenario(
        "JSON Lines", converted("store/s.jsonl"), ["edit", "store/s.jsonl", "--filter", "true", "--set", "k=v"],
        store="store/s.jsonl", files=("store/s.jsonl",), is_langchain=False),
    Scenario(
        "LangChain.js", converted("store", "--format", "langchain.js", "--replace"),
        ["edit", "store", "--filter", "true", "--set", "k=v"],
        files=("store/faiss.index", "store/docstore.json"), is_langchain=False),
    Scenario(
        "SQLite", converted("sqlite:store/s.db#a"),
        ["edit", "sqlite:store/s.db#a", "--filter", "true", "--set", "k=v"],
        store="sqlite:store/s.db#a", files=("store/s.db",), is_langchain=False),
]


def main():
    start = time.monotonic()
    chosen = [
        (number, scenario) for number, scenario in enumerate(SCENARIOS) if re.search(ONLY, scenario.name)]
    outcomes = []
    with ThreadPoolExecutor(JOBS) as pool:
        for outcome in pool.map(lambda item: Trial(*item).run(), chosen):
            print(outcome, flush=True)
            outcomes.append(outcome)
    failures = sum(not outcome.passed for outcome in outcomes)
    honest = [outcome for outcome in outcomes if not outcome.scenario.is_careless]
    loaded, problems = load_in_langchain()
    if loaded is not None:
        print(f"crash: LangChain loads {loaded} distinct stores: " + ("FAILED" if problems else "passed"))
        for problem in problems:
            print(f"  {problem}")
    total = {name: sum(outcome.counts[name] for outcome in honest) for name in KINDS}
    points = sum(outcome.points for outcome in honest)
    between = sum(outcome.raw_mixtures for outcome in honest)
    backups = sum(outcome.mixed_backups for outcome in honest)
    print(f"crash: note: at {between} points, in folders that cannot be exchanged, the files were of two saves "
          "until fathom opened them")
    print(f"crash: {sum(outcome.failures for outcome in honest)} of the points were calls that failed, or a full disk")
    print(f"crash: what a loss of power could take: {sum(outcome.power_problems for outcome in honest)} findings")
    print(f"crash: note: at {backups} points the backups were of two saves, beside a whole store")
    if STEP == 1 and not ONLY and points < MINIMUM:
        print(f"crash: only {points} points were tried, {MINIMUM} are expected")
        failures += 1
    passed = failures == 0 and not problems
    counts = ", ".join(f"{count} {name}" for name, count in total.items())
    print(
        f"crash: {len(honest)} scenarios, {points} points, {counts}, {time.monotonic() - start:.0f} s: "
        + ("passed" if passed else "FAILED"))
    sys.exit(0 if passed else 1)


main()
