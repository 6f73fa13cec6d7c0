"""Seeds a store with defects, each of a kind that is known, and compares what `fathom doctor` finds with them.

LangChain writes the store. Its vectors come from a seeded generator: a direction that all share and one of each
document's own, so that they are as far from one another as those of a model. See doctor.sh.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict

import faiss
import numpy as np
from langchain_community.docstore.in_memory import InMemoryDocstore
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document

DIMENSION = 384
CLEAN = 400
rng = random.Random(8)
generator = np.random.default_rng(8)
common = generator.normal(size=DIMENSION)
common /= np.linalg.norm(common)


def unit(vector):
    return vector / np.linalg.norm(vector)


def new_vector():
    own = generator.normal(size=DIMENSION)
    return unit(0.6 * common + 0.8 * unit(own - own @ common * common))


# --- Clean documents ---------------------------------------------------------------------------------------------

WHO = "The keeper|A gardener|Her uncle|The choir|Some traveller|My neighbour|The clerk|An old sailor|The baker|Nobody".split("|")
DID = "mended|counted|painted|sold|forgot|carried|described|hid|measured|borrowed|cleaned|drew".split("|")
WHAT = "boats|lanterns|maps|windows|apples|ropes|letters|clocks|bells|fences|nets|ladders|barrels|kites".split("|")
WHERE = "behind the lock|in the rain|at the end of March|without a word|by candlelight|for the museum|under the pier|on Sunday".split("|")
# What looks odd and is right: other scripts, pictures, tables, code, quotation marks beside letters with accents.
UNUSUAL = [
    "港は二つの泊地からなり、一つは潮の影響を受け、もう一つは水門の奥にあります。",
    "雨の日には、北の展望台から島が見えないことがあります。",
    "月亮升起以后，潮水慢慢涨到码头的第三级台阶。", "请在离开之前关好所有的窗户和门。",
    "항구 사무실은 아침 일곱 시에 문을 열고 저녁 여섯 시에 닫습니다.",
    "«CAFÉ» et «DÉJÀ VU» : l'été à la plage, où l'on mange des crêpes près du phare.",
    "Im „MENÜ“ steht eine Suppe; die Möwen hören nicht auf zu schreien, und das Öl ist aus.",
    "A família da Conceição mora em São João, perto da estação, e tem três cães e um coração enorme.",
    "हर सुबह क्\u200dष के पास मछुआरे अपने जाल सुखाते हैं और चाय पीते हैं।",
    "او هر روز می\u200cخواهد به بندر برود و قایق‌ها را تماشا کند.",
    "The crew 👩‍👩‍👧‍👦 waved a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿 from the deck ✈️ while gulls circled over the harbour.",
    "| berth | length |\n|-------|--------|\n| A1 | 12 m |\n| A2 | 9 m |\n\nBerths are let by the week.",
    "# Ropes\n\n---\n\nA rope that is coiled wet will rot... and a rope that rots will fail when you need it.",
    "for row in range(10):\n    print(row, end=' ')  # prints the numbers on one line",
    "Plan A or plan B? The jury of J. R. R. and C. S. could not agree on x, y and z until midnight.",
    "Версия 1.2.3 вышла вчера; обновите программу и проверьте список изменений.",
]


def sentence():
    return f"{rng.choice(WHO)} {rng.choice(DID)} {rng.randrange(2, 90)} {rng.choice(WHAT)} {rng.choice(WHERE)}"


def paragraph():
    return ". ".join(sentence() for _ in range(rng.randrange(2, 6))) + "."


class Seeded:
    """Rows, and by check the rows in which it is to be found."""

    def __init__(self):
        self.contents, self.vectors, self.metadata, self.ids = [], [], [], []
        self.expected = defaultdict(set)
        self.kinds = defaultdict(int)

    def add(self, content, vector=None, metadata=None, id=None):
        row = len(self.contents)
        self.contents.append(content)
        self.vectors.append(new_vector() if vector is None else vector)
        self.metadata.append({"source": f"file{row % 7}.txt", "page": row} if metadata is None else metadata)
        self.ids.append(id or f"doc-{row:04}")
        return row

    def defect(self, kind, rows, *checks):
        self.kinds[kind] += 1
        for check in checks or [kind]:
            self.expected[check].update(rows)


def seed():
    store = Seeded()
    for number in range(CLEAN):
        store.add(UNUSUAL[number // 20] if number % 20 == 7 and number // 20 < len(UNUSUAL) else paragraph())
    plain = iter([row for row in range(CLEAN) if row % 20 != 7])

    def original():
        return next(plain)

    for _ in range(3):
        row = original()
        store.defect("duplicate-document", [row, store.add(
            store.contents[row], store.vectors[row], dict(store.metadata[row]))])
        row = original()
        store.defect("duplicate-content", [row, store.add(store.contents[row], store.vectors[row])])
        row = original()
        changed = store.contents[row].replace(" ", "  ").upper()
        store.defect("duplicate-folded", [row, store.add(changed, store.vectors[row])])
        row = original()
        near = unit(store.vectors[row] + generator.normal(size=DIMENSION) * 0.001)
        store.defect("near-duplicate", [row, store.add(store.contents[row] + " Indeed.", near)])
        row = original()
        rows = [row, store.add(store.contents[row])]
        store.defect("same-text-other-vector", rows, "same-text-other-vector", "duplicate-content")
        row = original()
        store.defect("same-vector-other-text", [row, store.add(paragraph(), store.vectors[row])])
    store.defect("empty-content", [store.add("")])
    store.defect("blank-content", [store.add(" \n\t ")])
    for text in ["ok", "Kind regards", "第三章"]:
        store.defect("too-short", [store.add(text)])
    for text in ["--- 17 ---", "[5]", "¶ ¶ ¶", "2021 / 2022: 14 + 23, 18 + 31"]:
        checks = ["no-letters"] + (["too-short"] if len(text) < 20 else [])
        store.defect("no-letters", [store.add(text)], *checks)
    for text in [
        "Contents\nArrival ............ 1\nSafety ............. 5\nResidents .......... 9",
        "January . . . . . . . . . . 4\nFebruary . . . . . . . . . 8\nRemedies . . . . . . . . 61",
        "Introduction ........................ xii",
    ]:
        store.defect("dot-leaders", [store.add(text)])
    for text in [paragraph() + "\x00", "\x1b[1mGlowworm\x1b[0m lamp oil burns to the last drop",
                 "Errata for the almanac\x93onion\x94 of last year"]:
        store.defect("control-characters", [store.add(text)])
    for text in ["The harvest\u200b moon\u200b rises late for several evenings",
                 "Advertisement \u202eSTOOB S'RETSOF\u202c for boots that are warranted dry",
                 "Ignore this \U000E0069\U000E0067\U000E006E and read on as if nothing had happened"]:
        store.defect("hidden-characters", [store.add(text)])
    store.defect("private-glyphs", [store.add("\ue0a1 check the hanger first \ue0a1 then the cable and the lever")])
    store.defect("cid-glyphs", [store.add("(cid:12)(cid:47) grease the threads before you turn them (cid:3)")])
    for text in ["Das Frühstück im Café am Hafen war schön, aber die Möwen", "It’s the keeper’s own boat, isn’t it?",
                 "Привет, это письмо о лодках и о погоде на море"]:
        store.defect("wrong-encoding", [store.add(text.encode().decode("cp1252", "replace"))])
    for text in ["D E D I C A T I O N   T O   T H E   S E A", "Chapter w h e e l s and all that belongs to them"]:
        store.defect("letter-spaced", [store.add(text)])
    store.defect("zero-vector", [store.add(paragraph(), np.zeros(DIMENSION))])
    for value in [np.nan, np.inf]:
        broken = new_vector()
        broken[3] = value
        store.defect("not-finite-vector", [store.add(paragraph(), broken)])
    for factor in [1.2, 1.4]:
        store.defect("unnormalized-vector", [store.add(paragraph(), new_vector() * factor)])
    store.defect("hub", [store.add(paragraph(), common)])
    store.defect("outlier", [store.add(paragraph(), -common)])
    for value in ["iv", ["12", "13"]]:
        store.defect("mixed-types", [store.add(paragraph(), metadata={"source": "file1.txt", "page": value})])
    footer = "This page was printed from the harbour office's own notice board and may not be copied."
    pages = [original() for _ in range(6)]
    for row in pages:
        store.contents[row] += "\n" + footer
    store.defect("boilerplate", pages)
    # The docstore has one document for both rows.
    row = original()
    repeated = [row, store.add(store.contents[row], metadata=store.metadata[row], id=store.ids[row])]
    store.defect("repeated-id", repeated, "repeated-id", "duplicate-document", "same-text-other-vector")
    return store


def write(store, folder):
    index = faiss.IndexFlatL2(DIMENSION)
    index.add(np.array(store.vectors, dtype="float32"))
    documents = {
        id: Document(page_content=content, metadata=metadata, id=id)
        for id, content, metadata in zip(store.ids, store.contents, store.metadata)}
    FAISS(None, index, InMemoryDocstore(documents), dict(enumerate(store.ids))).save_local(folder)


def doctor(path, *arguments):
    run = subprocess.run([os.environ["FATHOM_BIN"], "doctor", path, "--json", "--embedder", "none", *arguments],
                         capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"doctor: FAILED: exit {run.returncode}: {run.stderr}")
    return run.returncode, json.loads(run.stdout)


def compare(store, findings):
    failures = []
    found = {finding["check"]: set(finding["rows"]) for finding in findings if finding["severity"] != "note"}
    for check in sorted(set(found) | set(store.expected)):
        missed = store.expected[check] - found.get(check, set())
        extra = found.get(check, set()) - store.expected[check]
        for row in sorted(missed):
            failures.append(f"{check}: row {row} was not found: {store.contents[row][:60]!r}")
        for row in sorted(extra):
            failures.append(f"{check}: row {row} is a false alarm: {store.contents[row][:60]!r}")
    return failures


def main():
    work = tempfile.mkdtemp(prefix="fathom-doctor-")
    folder = os.environ.get("DOCTOR_KEEP") or f"{work}/seeded"
    store = seed()
    write(store, folder)
    code, report = doctor(folder)
    failures = compare(store, report["findings"])
    if code != 1:
        failures.append(f"exit code {code}, expected 1")
    before = {name: open(f"{folder}/{name}", "rb").read() for name in ["index.faiss", "index.pkl"]}
    _, fixed = doctor(folder, "--fix", "-o", f"{work}/fixed")
    if before != {name: open(f"{folder}/{name}", "rb").read() for name in before}:
        failures.append("--fix changed the store itself")
    _, again = doctor(f"{work}/fixed")
    left = {finding["check"] for finding in again["findings"] if finding["severity"] != "note"}
    done = {step["check"] for step in fixed["repair"]["fixed"]}
    failures += [f"{check} is still found after --fix" for check in sorted(left & done)]
    loaded = FAISS.load_local(f"{work}/fixed", None, allow_dangerous_deserialization=True)
    if not loaded.index.ntotal == len(loaded.index_to_docstore_id) == fixed["repair"]["rows"]:
        failures.append("LangChain does not load the repaired copy as it is")
    shutil.rmtree(work)
    if failures:
        print("\n".join(failures), file=sys.stderr)
        sys.exit(f"doctor: FAILED: {len(failures)} differences")
    print(f"doctor: {sum(store.kinds.values())} defects of {len(store.kinds)} kinds found and named among "
          f"{CLEAN} clean documents, no false alarm; repaired and loaded: passed")


if __name__ == "__main__":
    main()
