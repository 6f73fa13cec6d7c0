#!/usr/bin/env python3
"""Writes the pickles that are no (docstore, map) of LangChain, and LangChain objects of 2022 and 2023 pickled whole.

    make-pickle-fixtures.py FOLDER      into Tests/Fixtures/pickle-shapes; needs no packages

The classes are stand-ins under the names that LangChain, OpenAI, faiss and scikit-learn have: a pickle holds names
and state, never code. The secret in the embedder must not come out anywhere.
"""
import pathlib
import pickle
import struct
import sys
import types

SECRET = "sk-a-secret-that-nobody-may-see"
VECTORS = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]


def stand_in(module, name, **members):
    """A class that pickles under this name."""
    kind = type(name, (), dict(members, __module__=module))
    names = module.split(".")
    for depth in range(1, len(names) + 1):
        sys.modules.setdefault(".".join(names[:depth]), types.ModuleType(".".join(names[:depth])))
    setattr(sys.modules[module], name, kind)
    return kind


def made(kind, **state):
    value = kind.__new__(kind)
    value.__dict__.update(state)
    return value


def embed_query(self, text):
    pass


def shell(self, text):
    pass


FAISS = stand_in("langchain.vectorstores.faiss", "FAISS")
InMemoryDocstore = stand_in("langchain.docstore.in_memory", "InMemoryDocstore")
OpenAIEmbeddings = stand_in(
    "langchain.embeddings.openai", "OpenAIEmbeddings", embed_query=embed_query, shell=shell)
Document = stand_in("langchain.docstore.document", "Document")
Embedding = stand_in("openai.api_resources.embedding", "Embedding")
Index = stand_in("faiss.swigfaiss_avx2", "IndexFlatL2")
Vectorizer = stand_in("sklearn.feature_extraction.text", "TfidfVectorizer")
Wrapper = stand_in("joblib.numpy_pickle", "NumpyArrayWrapper")


def flat():
    """An index file of faiss, type flat L2."""
    floats = [value for row in VECTORS for value in row]
    header = struct.pack("<4siqqqBiQ", b"IxF2", 3, 3, 1 << 20, 1 << 20, 1, 1, 9)
    return header + struct.pack("<9f", *floats)


def document(number):
    """In the layout of pydantic 1."""
    fields = {"page_content": f"text {number}", "lookup_str": "", "metadata": {"page": number}, "lookup_index": 0}
    state = {"__dict__": fields, "__fields_set__": {"page_content"}, "__private_attribute_values__": {}}
    return made(Document, **state)


def documents():
    return [document(number) for number in range(3)]


def docstore(ids):
    return made(InMemoryDocstore, _dict=dict(zip(ids, documents())))


def store(ids=("a", "b", "c"), index=None, method="embed_query", **more):
    embedder = made(OpenAIEmbeddings, client=Embedding, openai_api_key=SECRET)
    return made(
        FAISS, embedding_function=getattr(embedder, method), index=index, docstore=docstore(ids),
        index_to_docstore_id=dict(enumerate(ids)), **more)


def main():
    folder = pathlib.Path(sys.argv[1])

    def write(name, value, protocol=4, index=None):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(value if isinstance(value, bytes) else pickle.dumps(value, protocol))
        if index:
            (path.parent / index).write_bytes(flat())

    # Opened
    write("whole/index.pkl", store(), index="index.faiss")
    write("whole-docs-index/faiss_store.pkl", store(), protocol=3, index="docs.index")
    old = store(ids=("0", "1", "2"))
    del old.index_to_docstore_id
    write("whole-without-map/faiss_store.pkl", old, index="docs.index")
    write("whole-with-index/store.pkl", store(index=made(Index, this=flat())))
    # Refused
    write("refused/whole-shell.pkl", store(method="shell"))
    write("refused/documents.pkl", documents())
    write("refused/dictionaries.pkl", [{"text": "one"}, {"text": "two"}])
    write("refused/texts.pkl", ["one", "two"])
    write("refused/dictionary.pkl", {"name": "value"})
    write("refused/docstore.pkl", docstore("abc"))
    write("refused/map.pkl", {0: "a", 1: "b"})
    write("refused/faiss-object.pkl", made(Index, this=flat()))
    write("refused/faiss-bytes.pkl", flat())
    write("refused/tfidf.pkl", (made(Vectorizer, ngram_range=(1, 1)), ["one"]))
    write("refused/joblib.pkl", made(Wrapper, shape=(3, 3)))
    write("refused/pointer.pkl", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n")


main()
