#!/usr/bin/env python3
"""Compares programs that embed with onnxruntime: documents per second, and one short query.

    bench_embed.py --model DIR --graph GRAPH.onnx --corpus DOCUMENTS.jsonl [--rounds 5] NAME=COMMAND…

A command reads lines, each a JSON array of texts, and answers each with one JSON object: "seconds", the
time that embedding them took, tokens and all, and "first", the vector of the first text. onnxruntime's
texts are tokenized before its time begins, and sorted by length, which spares it padding: both in its
favour. All take turns in every round; a figure is the best of its rounds.
"""
import argparse
import json
import os
import random
import shlex
import statistics
import subprocess
import sys
import time

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer

QUERY = "where is the old lighthouse keeper buried"
BATCHES = (1, 2, 4, 8, 16, 32)


def make_texts(corpus, tokenizer, count):
    """Texts of 24 to about 250 tokens, 124 in the mean, cut from the documents' words."""
    with open(corpus, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    words = " ".join(d.get("page_content") or d.get("content") or "" for d in documents).split()
    chance = random.Random(3)
    per_word = len(tokenizer.encode(" ".join(words[:4000])).ids) / 4000
    texts = []
    for _ in range(count):
        tokens = min(max(chance.gauss(124, 50), 24), 245)
        length = int(tokens / per_word)
        start = chance.randrange(len(words) - length)
        texts.append(" ".join(words[start : start + length]))
    return texts


class Runtime:
    """onnxruntime with one batch size."""

    def __init__(self, session, tokenizer, batch):
        self.session, self.tokenizer, self.batch = session, tokenizer, batch
        self.name = f"onnxruntime fp32, batch {batch}"

    def prepare(self, texts):
        encoded = sorted((self.tokenizer.encode(text).ids for text in texts), key=len)
        feeds = []
        for start in range(0, len(encoded), self.batch):
            rows = encoded[start : start + self.batch]
            longest = max(map(len, rows))
            ids = np.zeros((len(rows), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, tokens in enumerate(rows):
                ids[row, : len(tokens)] = tokens
                mask[row, : len(tokens)] = 1
            feeds.append({"input_ids": ids, "attention_mask": mask})
        return feeds

    def run(self, feeds):
        start = time.perf_counter()
        for feed in feeds:
            first = self.session.run(None, feed)[0][0]
        return time.perf_counter() - start, first


class Program:
    """A command that answers requests until its input ends."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def prepare(self, texts):
        return json.dumps(texts) + "\n"

    def run(self, request):
        self.process.stdin.write(request)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"bench_embed.py: {self.name} ended without an answer")
        answer = json.loads(line)
        return answer["seconds"], np.array(answer["first"], np.float32)


def processor():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        facts = dict(line.strip().split(":", 1) for line in file if ":" in line)
    facts = {name.strip(): value.strip() for name, value in facts.items()}
    sets = [name for name in ("avx2", "avx512f", "avx512_bf16") if name in facts.get("flags", "").split()]
    return (f"{facts.get('model name')} (family {facts.get('cpu family')}, model {facts.get('model')}), "
            f"{os.cpu_count()} threads, {' '.join(sets)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--graph", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("programs", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()

    tokenizer = BertWordPieceTokenizer(os.path.join(options.model, "vocab.txt"), lowercase=True)
    texts = make_texts(options.corpus, tokenizer, options.texts)
    tokenizer.enable_truncation(256)
    lengths = [len(tokenizer.encode(text).ids) for text in texts]
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    session = onnxruntime.InferenceSession(options.graph, settings, providers=["CPUExecutionProvider"])
    runtimes = [Runtime(session, tokenizer, batch) for batch in BATCHES]
    programs = [Program(*entry.split("=", 1)) for entry in options.programs]

    systems = runtimes + programs
    documents = {s.name: s.prepare(texts) for s in systems}
    queries = {s.name: s.prepare([QUERY]) for s in systems if s in programs or s.batch == 1}
    seconds = {s.name: [] for s in systems}
    latencies = {name: [] for name in queries}
    expected = runtimes[0].run(queries[runtimes[0].name])[1]
    agreement = {p.name: float(np.abs(p.run(queries[p.name])[1] - expected).max()) for p in programs}
    for _ in range(options.rounds):
        for system in systems:
            seconds[system.name].append(system.run(documents[system.name])[0])
            if system.name in queries:
                # The median of each round, and then the best round, like the documents.
                runs = [system.run(queries[system.name])[0] for _ in range(100)]
                latencies[system.name].append(statistics.median(runs))

    rates = {name: len(texts) / min(times) for name, times in seconds.items()}
    best = max((r.name for r in runtimes), key=rates.get)
    print(f"{processor()}; onnxruntime {onnxruntime.__version__}; {len(texts)} texts of "
          f"{min(lengths)} to {max(lengths)} tokens, mean {statistics.mean(lengths):.0f}; "
          f"{options.rounds} rounds; query of {len(tokenizer.encode(QUERY).ids)} tokens\n")
    print("| system | documents/s | to the best onnxruntime | query, ms | largest difference |")
    print("|---|---|---|---|---|")
    for system in systems:
        name = system.name
        query = f"{min(latencies[name]) * 1e3:.2f}" if name in latencies else ""
        difference = f"{agreement[name]:.1e}" if name in agreement else ""
        print(f"| {name} | {rates[name]:.1f} | {rates[name] / rates[best]:.2f} | {query} | {difference} |")


if __name__ == "__main__":
    main()
