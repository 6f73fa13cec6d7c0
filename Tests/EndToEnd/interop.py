"""LangChain builds stores, Fathom edits and saves them, LangChain reads, edits and saves them again.

After each turn both must show the same documents, ids, order and answers. Run by interop.sh.
"""
import inspect
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from collections import namedtuple
from importlib.metadata import version as version_of

from langchain_community.vectorstores import FAISS
from langchain_community.vectorstores.utils import DistanceStrategy
from langchain_core.embeddings import Embeddings

FATHOM = os.environ["FATHOM_BIN"]
VERSION = version_of("langchain-community")
# Before 0.3.31 a document does not know its id.
KNOWS_IDS = tuple(map(int, VERSION.split("."))) >= (0, 3, 31)
Entry = namedtuple("Entry", "id page_content metadata")
DIMENSION = 24
WORDS = "gull pier lantern walnut comet rook fennel spoke ledger letter 灯台 猫 straße 🦊 e\u0301tude".split()


class FakeEmbeddings(Embeddings):
    """A fixed random vector for each text."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        source = random.Random(text)
        return [source.gauss(0, 1) for _ in range(DIMENSION)]


EMBEDDINGS = FakeEmbeddings()
QUERIES = [EMBEDDINGS.embed_query(f"query {n}") for n in range(3)]


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


def same(a, b):
    """Equality in which NaN equals itself and 1, 1.0 and True differ."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (isinstance(a, float) and math.isnan(a) and math.isnan(b))


def untagged(value):
    """A value of Fathom's JSON as Python has it."""
    if isinstance(value, dict):
        if value.get("$t") == "float":
            return float(value["v"])
        if value.get("$t") == "int":
            return int(value["v"])
        return {key: untagged(inner) for key, inner in value.items()}
    return [untagged(inner) for inner in value] if isinstance(value, list) else value


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
    if not expected and version_of("faiss-cpu") == "1.7.4":
        # That faiss answers row 0 of an index without rows, and LangChain raises a KeyError for it.
        return store
    sign = -1 if strategy == DistanceStrategy.MAX_INNER_PRODUCT else 1
    for query in QUERIES:
        # Of itself Fathom orders equal scores by row, which faiss does not for inner products.
        by_row = store.similarity_search_with_score_by_vector(query, k=len(expected) + 1)
        by_row.sort(key=lambda hit: (sign * float(hit[1]), row_of[id(hit[0])]))
        for k in (1, 4, len(expected) + 3):
            search = ("search", folder, "--vector", json.dumps(query), "-k", k, "--json")
            same_answers(json.loads(fathom(*search))["hits"], by_row[:k], keys)
            theirs = store.similarity_search_with_score_by_vector(query, k=k)
            same_answers(json.loads(fathom(*search, "--langchain"))["hits"], theirs, keys)
    return store


def same_answers(ours, theirs, keys):
    assert [hit["id"] for hit in ours] == [keys[id(document)] for document, _ in theirs], f"hits of k={len(theirs)}"
    for hit, (_, score) in zip(ours, theirs):
        assert math.isclose(hit["score"], score, rel_tol=1e-5, abs_tol=1e-6), f"score of {hit['id']}"


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
    """Values set and removed by Fathom keep their types, and filters find them."""
    folder = work / "edited"
    entries = documents("main", 12)
    build(entries, strategy).save_local(str(folder))
    fathom("edit", folder, "main-003", "main-005", "--set", "page=7.5", "--set", 'tags=["x", 1]', "--unset", "draft")
    changed = [
        entry._replace(metadata=after(entry.metadata)) if entry.id in ("main-003", "main-005") else entry
        for entry in entries]
    store = agree(folder, strategy, changed)
    keys = keys_of(store)
    theirs = store.similarity_search_with_score_by_vector(QUERIES[0], k=5, filter={"page": 7.5}, fetch_k=12)
    assert {keys[id(document)] for document, _ in theirs} == {"main-003", "main-005"}, "LangChain filters them"
    ours = fathom(
        "search", folder, "--vector", json.dumps(QUERIES[0]), "-k", 5, "--filter", "page = 7.5", "--json")
    same_answers(json.loads(ours)["hits"], theirs, keys)


def after(metadata):
    changed = {key: value for key, value in metadata.items() if key != "draft"}
    changed["page"] = 7.5
    changed["tags"] = ["x", 1]
    return changed


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


def build_from_files(work, strategy):
    """Fathom builds a store from JSON Lines, with this program's embedder as a command, and adds to it."""
    command = work / "embed.py"
    command.write_text(
        "import json, random, sys\n"
        "for line in sys.stdin:\n"
        "    source = random.Random(json.loads(line)['text'])\n"
        f"    print(json.dumps([source.gauss(0, 1) for _ in range({DIMENSION})]), flush=True)\n")
    embedder = ("--embedder", f"command:{sys.executable} {command}")
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
        same_answers(json.loads(fathom("search", folder, query, "-k", 5, "--json", *embedder))["hits"], theirs, keys_of(store))
    second, more = written("more", 12)
    fathom("add", folder, second, *embedder)
    agree(folder, strategy, mine + more)


CASES = (
    round_trip, refusal_changes_nothing, edit_metadata, bytes_and_back, delete_everything, build_from_files)


def main():
    failures = 0
    for strategy in (DistanceStrategy.EUCLIDEAN_DISTANCE, DistanceStrategy.MAX_INNER_PRODUCT):
        for case in CASES:
            work = Path(tempfile.mkdtemp(prefix="fathom-interop-"))
            os.environ.update(XDG_STATE_HOME=str(work / "state"), XDG_CACHE_HOME=str(work / "cache"), NO_COLOR="1")
            name = f"LangChain {VERSION}: {case.__name__.replace('_', ' ')}, {strategy.name.lower()}"
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
