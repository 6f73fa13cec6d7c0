"""LangChain builds stores, Fathom edits and saves them, LangChain reads, edits and saves them again.

After each turn both must show the same documents, ids, order and answers. Run by interop.sh.
"""
import inspect
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import namedtuple
from datetime import date
from importlib.metadata import version as version_of
from pathlib import Path

import numpy
from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_core.embeddings import Embeddings

from interop_values import PYTHON_VALUES, SET_VALUES, same, untagged

FATHOM = os.environ["FATHOM_BIN"]
VERSION = version_of("langchain-community")
# Before 0.3.31 a document does not know its id, and filters have no operators.
KNOWS_IDS = HAS_OPERATORS = tuple(map(int, VERSION.split("."))) >= (0, 3, 31)
# Asked for one hit, an empty L2 index of faiss 1.7.4 answers with a row 0, on which LangChain fails.
EMPTY_HAS_A_FIRST = version_of("faiss-cpu").startswith("1.7.")
FIXTURES = Path(__file__).resolve().parents[1] / "Fixtures" / "stores"
Entry = namedtuple("Entry", "id page_content metadata")
DIMENSION = 24
WORDS = "gull pier lantern walnut comet rook fennel spoke ledger letter 灯台 猫 straße 🦊 e\u0301tude".split()


ODD_IDS = [
    "", " ", "-x", "--json", "a\nb", "naïve/ïd", "灯台", "🦊", "0", "-1", "1.0", "None", "x" * 300, "it's \"q\"",
    "\x1b[31m", "../up", "page > 3", "a,b", "e\u0301", "é", "\ue001\uffff"]
EQUALITIES = [
    {"draft": True}, {"draft": False, "source": "main.txt"}, {"page": 4}, {"page": 4.0}, {"page": "4"},
    {"page": [3, 4, 5, 99]}, {"note": None}, {"missing": None}, {"missing": 1}, {"score": 3 / 7},
    {"tags": [["a", "b", 8], ["a", "b", 12]]}, {}]
OPERATORS = [
    {"page": {"$gte": 10, "$lt": 30}}, {"source": {"$neq": "main.txt"}}, {"page": {"$nin": [3, 4]}},
    {"$or": [{"page": {"$eq": 8}}, {"$not": {"draft": True}}]}]
# Fixtures with values that any Python and numpy of today can hold.
PORTABLE = (
    "texts", "ids_odd", "type_bytes", "type_datetime_tz", "type_decimal_uuid", "type_floats", "type_ints", "type_nested",
    "type_nonstr_keys", "type_numpy_array", "type_sets", "type_str", "type_surrogate")


class FakeEmbeddings(Embeddings):
    """A fixed random vector for each text."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        source = random.Random(text)
        return [source.gauss(0, 1) for _ in range(DIMENSION)]


EMBEDDINGS = FakeEmbeddings()


def queries(dimension=DIMENSION):
    source = random.Random(f"queries of {dimension}")
    return [[source.gauss(0, 1) for _ in range(dimension)] for _ in range(3)]


def documents(name, count):
    """Documents with the values that metadata hold, some of them awkward."""
    source = random.Random(name)
    found = []
    for n in range(count):
        text = " ".join(source.choices(WORDS, k=source.randint(1, 60))) + f" {name} {n}"
        metadata = {"source": f"{name}.txt", "page": n, "score": n / 7, "draft": n % 3 == 0}
        if n % 4 == 0:
            metadata.update(tags=["a", "b", n], location={"city": "Ostrey", "lat": 57.4}, note=None)
        if n % 5 == 0:
            metadata.update(rating=math.nan, big=2**62 - n, negative=-1.5)
        if n == 1:
            text, metadata = "", {}
        if n == 2:
            text = "control \x00 \x1b[31m and \u202e bidi, \ue001 private, \uffff"
        found.append(Entry(f"{name}-{n:03}", text, metadata))
    return found


def build(entries, strategy):
    return FAISS.from_texts(
        [entry.page_content for entry in entries], EMBEDDINGS, metadatas=[entry.metadata for entry in entries],
        ids=[entry.id for entry in entries], distance_strategy=strategy)


def add(store, entries):
    store.add_texts(
        [entry.page_content for entry in entries], metadatas=[entry.metadata for entry in entries],
        ids=[entry.id for entry in entries])


def fathom(*arguments):
    command = [FATHOM, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, encoding="utf-8")
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command[:3])} … ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def trusting(method):
    """Versions that ask for it are told that the file is trusted."""
    name = "allow_dangerous_deserialization"
    return {name: True} if name in inspect.signature(method).parameters else {}


def load(folder, strategy):
    return FAISS.load_local(
        str(folder), EMBEDDINGS, distance_strategy=strategy, **trusting(FAISS.load_local))


def keys_of(store):
    """The docstore's key of each of its documents: hits are the very same objects."""
    return {id(document): key for key, document in store.docstore._dict.items()}


def rows_of_langchain(store):
    ids = [store.index_to_docstore_id[row] for row in range(store.index.ntotal)]
    assert len(ids) == len(store.index_to_docstore_id) == len(store.docstore._dict), "index, map and docstore agree"
    return [(key, store.docstore.search(key)) for key in ids]


def agree(folder, strategy, expected):
    """Both programs show the `expected` documents in this folder, and answer queries alike."""
    store = load(folder, strategy)
    rows = rows_of_langchain(store)
    listed = [json.loads(line) for line in fathom("list", folder, "--json").splitlines()]
    assert [key for key, _ in rows] == [document.id for document in expected], "LangChain has the ids in order"
    assert [line["row"] for line in listed] == list(range(len(expected))), "Fathom numbers its rows"
    assert [line["id"] for line in listed] == [key for key, _ in rows], "Fathom has the ids in order"
    for (key, document), line, wanted in zip(rows, listed, expected):
        assert key == wanted.id and (not KNOWS_IDS or document.id == key), f"{key}: Document.id"
        assert document.page_content == wanted.page_content == line["content"], f"{key}: content"
        assert same(document.metadata, wanted.metadata), f"{key}: metadata in LangChain: {document.metadata}"
        assert same(untagged(line["metadata"]), wanted.metadata), f"{key}: metadata in Fathom: {line['metadata']}"
    row_of = {id(document): row for row, (_, document) in enumerate(rows)}
    keys = keys_of(store)
    sign = -1 if strategy == DistanceStrategy.MAX_INNER_PRODUCT else 1
    for query in queries(store.index.d):
        # Of itself Fathom orders equal scores by row, which faiss does not for inner products.
        by_row = store.similarity_search_with_score_by_vector(query, k=len(expected) + 2)
        by_row.sort(key=lambda hit: (sign * float(hit[1]), row_of[id(hit[0])]))
        for k in (1, 4, len(expected) + 3):
            search = ("search", folder, "--vector", json.dumps(query), "-k", k, "--json")
            same_answers(json.loads(fathom(*search))["hits"], by_row[:k], keys)
            if k == 1 and not expected and EMPTY_HAS_A_FIRST:
                continue
            theirs = store.similarity_search_with_score_by_vector(query, k=k)
            same_answers(json.loads(fathom(*search, "--langchain"))["hits"], theirs, keys)
    return store


def same_answers(ours, theirs, keys):
    assert [hit["id"] for hit in ours] == [keys[id(document)] for document, _ in theirs], f"hits of k={len(theirs)}"
    for hit, (_, score) in zip(ours, theirs):
        assert math.isclose(hit["score"], score, rel_tol=1e-5, abs_tol=1e-6), f"score of {hit['id']}"


def turn_of_langchain(folder, strategy, entries):
    """LangChain deletes, adds vectors and saves; both agree on what it saved. Returns the documents."""
    store = load(folder, strategy)
    gone = [entries[row].id for row in {0, len(entries) // 2}]
    assert store.delete(gone), "LangChain deletes"
    added = documents("turn", 5)
    source = random.Random("vectors of a turn")
    vectors = [[source.gauss(0, 1) for _ in range(store.index.d)] for _ in added]
    store.add_embeddings(
        zip([entry.page_content for entry in added], vectors), metadatas=[entry.metadata for entry in added],
        ids=[entry.id for entry in added])
    store.save_local(str(folder))
    current = [entry for entry in entries if entry.id not in gone] + added
    agree(folder, strategy, current)
    return current


def round_trip(work, strategy):
    """Turns at one store: L builds, F deletes and merges, L adds, deletes and merges, F deletes again."""
    main, other, third = (work / name for name in ("main", "other", "third"))
    mine, merged, late = documents("main", 60), documents("other", 25), documents("third", 9)
    for folder, entries in ((main, mine), (other, merged), (third, late)):
        build(entries, strategy).save_local(str(folder))
    agree(main, strategy, mine)

    gone = {"main-000", "main-017", "main-059", "main-030"}
    fathom("delete", main, *sorted(gone))
    current = [document for document in mine if document.id not in gone]
    agree(main, strategy, current)

    before = {path.name: path.read_bytes() for path in other.iterdir()}
    fathom("merge", main, other)
    current += merged
    store = agree(main, strategy, current)
    assert {path.name: path.read_bytes() for path in other.iterdir()} == before, "merging leaves the source alone"

    added = documents("added", 7)
    add(store, added)
    store.delete(["other-001", "main-002", "added-003"])
    store.merge_from(load(third, strategy))
    store.save_local(str(main))
    current = [d for d in current + added if d.id not in {"other-001", "main-002", "added-003"}] + late
    agree(main, strategy, current)

    fathom("delete", main, "third-000", "added-000")
    agree(main, strategy, [d for d in current if d.id not in {"third-000", "added-000"}])


def refusal_changes_nothing(work, strategy):
    """A failing edit leaves both files as they were."""
    folder = work / "refusal"
    build(documents("main", 5), strategy).save_local(str(folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for arguments in (("delete", folder, "main-000", "no such id"), ("merge", folder, folder)):
        done = subprocess.run([FATHOM, *map(str, arguments)], capture_output=True, timeout=120)
        assert done.returncode > 0, f"{arguments[0]} is refused"
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before, f"{arguments[0]} changes nothing"


def edit_metadata(work, strategy):
    """Python's own types survive a save, and Fathom sets and removes values of these types."""
    folder, entries = work / "edited", documents("main", 12)
    entries[4] = entries[4]._replace(metadata=PYTHON_VALUES)
    build(entries, strategy).save_local(str(folder))
    fathom("edit", folder, "main-003", "main-004", *(f"--set={key}={text}" for key, (text, _) in SET_VALUES.items()),
           "--unset", "draft", "--unset", "uuid")
    for row in (3, 4):
        values = {**entries[row].metadata, **{key: value for key, (_, value) in SET_VALUES.items()}}
        kept = {key: value for key, value in values.items() if key not in ("draft", "uuid")}
        entries[row] = entries[row]._replace(metadata=kept)
    agree(folder, strategy, entries)

    embedder = ("--embedder", f"command:{sys.executable} {embed_command(work)}")
    fathom("edit", folder, "main-005", "--content", "a new lantern 灯台", *embedder)
    entries[5] = entries[5]._replace(page_content="a new lantern 灯台")
    store = agree(folder, strategy, entries)
    row = store.index.reconstruct(5)
    assert numpy.allclose(row, EMBEDDINGS.embed_query("a new lantern 灯台"), rtol=1e-5), "the vector is the new text's"
    turn_of_langchain(folder, strategy, entries)


def vectors_from_json_lines(work, strategy):
    """Fathom adds documents with the vectors that a file gives, without any embedder."""
    folder, entries = work / "store", documents("main", 10)
    build(entries, strategy).save_local(str(folder))
    # Fathom leaves out what has no text.
    more = [entry for entry in documents("lines", 15) if entry.page_content]
    when = [entry._replace(metadata={**entry.metadata, "when": date(2024, 2, 29)}) for entry in more]
    tagged = {"when": {"$t": "date", "iso": "2024-02-29"}}
    lines = [
        {"id": entry.id, "content": entry.page_content, "metadata": {**entry.metadata, **tagged},
         "vector": EMBEDDINGS.embed_query(entry.page_content)} for entry in more]
    path = work / "more.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    fathom("add", folder, path)
    entries += when
    agree(folder, strategy, entries)
    entries = turn_of_langchain(folder, strategy, entries)
    fathom("delete", folder, "lines-005")
    agree(folder, strategy, [entry for entry in entries if entry.id != "lines-005"])


def odd_ids(work, strategy):
    """Ids of every shape are kept, deleted, merged and added."""
    folder, other = work / "store", work / "other"
    mine = [Entry(key, f"text {row}", {"page": row}) for row, key in enumerate(ODD_IDS)]
    theirs = [entry._replace(id=f"{entry.id} again") for entry in mine]
    for path, entries in ((folder, mine), (other, theirs)):
        build(entries, strategy).save_local(str(path))
    fathom("merge", folder, other)
    entries = mine + theirs
    agree(folder, strategy, entries)
    for gone in ("", "--json", "a\nb", "🦊"):
        fathom("delete", folder, "--", gone)
        entries = [entry for entry in entries if entry.id != gone]
    fathom("edit", folder, "--set", "page=-1", "--", "-x", "../up")
    entries = [entry._replace(metadata={"page": -1}) if entry.id in ("-x", "../up") else entry for entry in entries]
    agree(folder, strategy, entries)
    added = [Entry(key, f"line {row}", {}) for row, key in enumerate(("--json", "a\nb", "🦊", "\u202eid", "\x00"))]
    lines = [
        {"id": entry.id, "content": entry.page_content, "metadata": {},
         "vector": EMBEDDINGS.embed_query(entry.page_content)} for entry in added]
    path = work / "added.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    fathom("add", folder, path)
    entries += added
    agree(folder, strategy, entries)
    turn_of_langchain(folder, strategy, entries)


def filters(work, strategy):
    """Filters let the same documents through in a folder that Fathom saved."""
    folder, entries = work / "filtered", documents("main", 60)
    build(entries, strategy).save_local(str(folder))
    # main-001 has no page, and LangChain compares None with numbers only to fail.
    fathom("delete", folder, "main-001", "main-040")
    store = load(folder, strategy)
    keys, found = keys_of(store), 0
    for wanted in EQUALITIES + (OPERATORS if HAS_OPERATORS else []):
        for query, k, fetch_k in zip(queries(), (4, 5, 70), (20, 3, 70)):
            theirs = store.similarity_search_with_score_by_vector(query, k=k, filter=wanted, fetch_k=fetch_k)
            found += len(theirs)
            ours = fathom(
                "search", folder, "--vector", json.dumps(query), "-k", k, "--json", "--filter", json.dumps(wanted),
                "--fetch-k", fetch_k, "--langchain")
            same_answers(json.loads(ours)["hits"], theirs, keys)
    assert found > 100, "the filters let something through"


def stores_of_other_versions(work, strategy):
    """A folder of an older or a newer LangChain loads in this one once Fathom has saved it."""
    metric = "ip" if strategy == DistanceStrategy.MAX_INNER_PRODUCT else "l2"
    folders = [
        folder.parent for folder in sorted(FIXTURES.glob("langchain-community-*/*/expected.json"))
        if folder.parent.name in (f"basic_{metric}", *(PORTABLE if metric == "l2" else ()))]
    assert folders, "there are fixtures"
    for fixture in folders:
        folder = work / fixture.parent.name / fixture.name
        shutil.copytree(fixture, folder)
        recorded = json.loads((folder / "expected.json").read_text())["store"]["docs"]
        entries = [Entry(one["id"], one["page_content"], untagged(one["metadata"])) for one in recorded]
        fathom("edit", folder, "--set", "seen=true", "--", entries[0].id)
        entries[0].metadata["seen"] = True
        try:
            agree(folder, strategy, entries)
            turn_of_langchain(folder, strategy, entries)
        except Exception as failure:
            raise AssertionError(f"{fixture.relative_to(FIXTURES)}: {failure}") from failure


def bytes_and_back(work, strategy):
    """One piece of bytes goes both ways."""
    folder, entries = work / "bytes", documents("main", 20)
    store = build(entries, strategy)
    folder.mkdir()
    (folder / "theirs.bin").write_bytes(store.serialize_to_bytes())
    fathom("copy", folder / "theirs.bin", folder / "store")
    agree(folder / "store", strategy, entries)
    fathom("copy", folder / "store", folder / "ours.bin")
    again = FAISS.deserialize_from_bytes(
        serialized=(folder / "ours.bin").read_bytes(), embeddings=EMBEDDINGS, distance_strategy=strategy,
        **trusting(FAISS.deserialize_from_bytes))
    again.save_local(str(folder / "again"))
    agree(folder / "again", strategy, entries)


def delete_everything(work, strategy):
    """A store without documents is still one, for both."""
    folder = work / "emptied"
    entries = documents("main", 3)
    build(entries, strategy).save_local(str(folder))
    fathom("delete", folder, *(document.id for document in entries))
    store = agree(folder, strategy, [])
    add(store, entries)
    store.save_local(str(folder))
    agree(folder, strategy, entries)


def embed_command(work):
    """A program that embeds as `EMBEDDINGS` do."""
    command = work / "embed.py"
    command.write_text(
        "import json, random, sys\n"
        "for line in sys.stdin:\n"
        "    source = random.Random(json.loads(line)['text'])\n"
        f"    print(json.dumps([source.gauss(0, 1) for _ in range({DIMENSION})]), flush=True)\n")
    return command


def build_from_files(work, strategy):
    """Fathom builds a store from JSON Lines, with this program's embedder as a command, and adds to it."""
    embedder = ("--embedder", f"command:{sys.executable} {embed_command(work)}")
    folder = work / "built"

    def written(name, count):
        entries = [d for d in documents(name, count) if d.page_content.strip()]
        path = work / f"{name}.jsonl"
        lines = [{"id": d.id, "content": d.page_content, "metadata": d.metadata} for d in entries]
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return path, entries

    first, mine = written("main", 30)
    metric = "ip" if strategy == DistanceStrategy.MAX_INNER_PRODUCT else "l2"
    fathom("build", folder, first, "--metric", metric, *embedder)
    store = agree(folder, strategy, mine)
    for query in ("gull pier", "straße 🦊"):
        theirs = store.similarity_search_with_score(query, k=5)
        ours = fathom("search", folder, query, "-k", 5, "--json", *embedder)
        same_answers(json.loads(ours)["hits"], theirs, keys_of(store))
    second, more = written("more", 12)
    fathom("add", folder, second, *embedder)
    agree(folder, strategy, mine + more)


CASES = (
    round_trip, refusal_changes_nothing, edit_metadata, vectors_from_json_lines, odd_ids, filters, bytes_and_back,
    delete_everything, build_from_files, stores_of_other_versions)


def main():
    failures = 0
    for strategy in (DistanceStrategy.EUCLIDEAN_DISTANCE, DistanceStrategy.MAX_INNER_PRODUCT):
        for case in CASES:
            name = f"LangChain {VERSION}: {case.__name__.replace('_', ' ')}, {strategy.name.lower()}"
            if not re.search(os.environ.get("INTEROP_ONLY", ""), name):
                continue
            work = Path(tempfile.mkdtemp(prefix="fathom-interop-"))
            os.environ.update(XDG_STATE_HOME=str(work / "state"), XDG_CACHE_HOME=str(work / "cache"), NO_COLOR="1")
            try:
                case(work, strategy)
                print(f"interop: {name}: passed")
            except Exception as failure:
                failures += 1
                traceback.print_exc()
                print(f"interop: {name}: FAILED: {failure}")
            finally:
                shutil.rmtree(work, ignore_errors=True)
    print(f"interop: LangChain {VERSION}: {'all cases passed' if failures == 0 else f'{failures} cases FAILED'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
