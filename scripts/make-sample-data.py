#!/usr/bin/env python3
"""Builds the index folders of sample-data with LangChain itself.

    "$(Tests/EndToEnd/interop-venv.sh)" -W ignore scripts/make-sample-data.py

sample-data/library is built from its documents.jsonl, which is written by hand: one
{"id", "content", "metadata"} a line. A line without an id gets one, and the file is written back.
Its vectors are MiniLM's, from `fathom embed` (FATHOM_BIN, default .build/release/fathom); those of
sample-data/foobar come from the twin of Fathom's hashing embedder.
"""
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

if os.environ.get("PYTHONHASHSEED") != "0":  # pydantic pickles sets, whose order follows the seed
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

import hashing_embedder

SAMPLES = Path(__file__).resolve().parent.parent / "sample-data"
NAMESPACE = uuid.UUID("6f0c1f0e-51a7-5b0e-9d0c-fa7403a1f001")

# The example of LangChain's documentation on filtering.
FOOBAR = [("foo", 1), ("bar", 1), ("foo", 2), ("barbar", 2), ("foo", 3), ("bar burr", 3), ("foo", 4), ("bar bruh", 4)]


class HashingEmbeddings(Embeddings):
    def __init__(self, dimension):
        self.dimension = dimension

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        return hashing_embedder.embed(text, self.dimension)


class MiniLMEmbeddings(Embeddings):
    """all-MiniLM-L6-v2 as Fathom computes it."""

    def embed_documents(self, texts):
        program = os.environ.get("FATHOM_BIN", str(SAMPLES.parent / ".build/release/fathom"))
        lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        answer = subprocess.run(
            [program, "embed", "--embedder", "minilm", "--json"], input=lines, capture_output=True, text=True,
            check=True)
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def embed_query(self, text):
        return self.embed_documents([text])[0]


def new_id(folder, row, content):
    return str(uuid.uuid5(NAMESPACE, f"{folder}#{row}#{content}"))


def build(folder, entries, embeddings):
    documents = [Document(page_content=e["content"], metadata=e["metadata"], id=e["id"]) for e in entries]
    store = FAISS.from_documents(documents, embeddings)
    store.save_local(str(SAMPLES / folder))
    print(f"sample-data/{folder}: {len(documents)} documents, {store.index.d} dimensions")


def read_library():
    path = SAMPLES / "library" / "documents.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    for row, entry in enumerate(entries):
        if not entry.get("id"):
            entries[row] = {"id": new_id("library", row, entry["content"]), **entry}
            lines[row] = json.dumps(entries[row], ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return entries


def main():
    build("library", read_library(), MiniLMEmbeddings())
    build("foobar", [
        {"id": new_id("foobar", row, content), "content": content, "metadata": {"page": page}}
        for row, (content, page) in enumerate(FOOBAR)
    ], HashingEmbeddings(256))


if __name__ == "__main__":
    main()
