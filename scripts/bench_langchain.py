"""LangChain's side of scripts/bench.py: makes the stores, and does the same work as Fathom's, a line of JSON each.

    bench_langchain.py make FOLDER ROWS     FOLDER/whole, and its halves FOLDER/first and FOLDER/second
    bench_langchain.py serve                orders on standard input, replies on standard output
"""
import json
import random
import sys
import time
import uuid
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import faiss
import numpy as np
from langchain_community.docstore.in_memory import InMemoryDocstore
from langchain_community.vectorstores.faiss import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

DIMENSION, CLUSTERS, LETTERS = 384, 1000, 1000


class Unused(Embeddings):
    """Questions are vectors."""

    def embed_documents(self, texts):
        raise NotImplementedError

    def embed_query(self, text):
        raise NotImplementedError


def load(path):
    return FAISS.load_local(path, Unused(), allow_dangerous_deserialization=True)


def vectors(rows, chance):
    """Of length 1, in clusters, as embeddings are."""
    centres = chance.normal(size=(CLUSTERS, DIMENSION)).astype("float32")
    for start in range(0, rows, 50_000):
        count = min(50_000, rows - start)
        block = centres[chance.integers(0, CLUSTERS, count)]
        block = block + 0.6 * chance.normal(size=(count, DIMENSION)).astype("float32")
        yield (block / np.linalg.norm(block, axis=1, keepdims=True)).astype("float32")


def make(folder, rows):
    chance, letters = np.random.default_rng(1), random.Random(2)
    words = ["".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=letters.randrange(2, 11))) for _ in range(5000)]
    text = " ".join(letters.choices(words, k=60_000))
    ids = [str(uuid.UUID(int=letters.getrandbits(128), version=4)) for _ in range(rows)]
    documents = []
    for row in range(rows):
        start = letters.randrange(len(text) - LETTERS)
        documents.append(Document(
            id=ids[row], page_content=text[start:start + LETTERS],
            metadata={"source": f"file-{row // 20}.txt", "page": row % 500, "group": row % 100,
                      "language": letters.choice(["en", "de", "fr"])}))
    blocks = np.concatenate(list(vectors(rows, chance)))
    half = rows // 2
    for name, part in [("whole", slice(0, rows)), ("first", slice(0, half)), ("second", slice(half, rows))]:
        index = faiss.IndexFlatL2(DIMENSION)
        index.add(blocks[part])
        chosen = dict(zip(ids[part], documents[part]))
        store = FAISS(Unused(), index, InMemoryDocstore(chosen), dict(enumerate(ids[part])))
        store.save_local(str(folder / name))


def answer(store, order):
    """What a program that uses LangChain would write for it."""
    vector, k = order.get("vector"), order.get("k", 10)
    wanted = None if order.get("group") is None else {"group": order["group"]}
    fetch_k = order.get("fetchK", 20)
    match order["op"]:
        case "search":
            found = store.similarity_search_with_score_by_vector(vector, k=k)
        case "filtered":
            found = store.similarity_search_with_score_by_vector(vector, k=k, filter=wanted, fetch_k=fetch_k)
        case "mmr":
            found = [(document, 0.0) for document in
                     store.max_marginal_relevance_search_by_vector(vector, k=k, fetch_k=fetch_k, lambda_mult=0.5)]
    return {"ids": [document.id for document, _ in found], "scores": [float(score) for _, score in found]}


def serve():
    store = None
    for line in sys.stdin:
        order, reply = json.loads(line), {}
        start = time.perf_counter()
        match order["op"]:
            case "open":
                store = load(order["path"])
            case "delete":
                store.delete(order["ids"])
            case "merge":
                store.merge_from(load(order["path"]))
            case "save":
                store.save_local(order["path"])
            case _:
                reply = answer(store, order)
        reply["ms"] = (time.perf_counter() - start) * 1000
        reply.setdefault("count", store.index.ntotal)
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        serve()
