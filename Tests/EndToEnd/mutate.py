#!/usr/bin/env python3
"""Damages index files of every type and gives them to the program, which has to answer or to refuse.

    mutate.py BIN FOLDER COUNT SEED     FOLDER holds one sound .faiss file of each type

A file is cut short, gets an absurd eight-byte value, or flipped bits. `search` reads it; what opens is asked for
`info`, `list` and `show --vector` too. Each run may take 4 seconds of processor time and 3 GiB of address space.
Prints a line for each type and the totals; exit 1 after a signal, a hang, or an exit code that says neither.
A file that broke the program is kept, and its path printed.
"""
import collections
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile

SECONDS, MEMORY = 4, 3 << 30
# Sizes at which sums and products overflow, or memory is asked for that nobody has.
ABSURD = [0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**60, 2**62 + 1, 2**63 - 1, 2**63, 2**64 - 1]
OPENED, REFUSED = 0, (64, 65)


def mutated(sound, chance):
    """The bytes of a damaged copy, and how it was damaged."""
    data = bytearray(sound)
    # Fields stand at the front and, of parts, between codes; damage hits the front more often.
    end = len(data) if chance.random() < 0.5 else min(len(data), 200)
    kind = chance.choice(["truncation", "absurd value", "bit flips"])
    if kind == "truncation":
        del data[chance.randrange(len(data)):]
    elif kind == "absurd value":
        place = chance.randrange(max(1, end - 8))
        data[place : place + 8] = chance.choice(ABSURD).to_bytes(8, "little")
    else:
        for _ in range(chance.choice([1, 1, 2, 4, 16])):
            data[chance.randrange(end)] ^= 1 << chance.randrange(8)
    return bytes(data), kind


class Program:
    def __init__(self, path, home):
        self.path = path
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8"}

    def run(self, *arguments):
        """The exit code; negative for a signal, None when it did not end in time."""

        def limits():
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))

        try:
            # A busy machine makes it wait; a program that waits for nothing is a hang all the same.
            done = subprocess.run(
                [self.path, *arguments], env=self.environment, timeout=120, preexec_fn=limits,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except subprocess.TimeoutExpired:
            return None, b"", b""
        return done.returncode, done.stdout, done.stderr


def outcome(program, path, dimension):
    """'opened', 'refused', or what went wrong and with which verb."""
    vector = "[" + ", ".join(["0.5"] * dimension) + "]"
    runs = [("search", path, "--vector", vector, "-k", "5", "--json")]
    runs += [("info", path, "--json"), ("list", path, "--json"), ("show", path, "0", "--vector", "--json")]
    verdict = "refused"
    for arguments in runs:
        code, _, errors = program.run(*arguments)
        if code is None or -code in (9, 24):
            return "hang", arguments[0]
        if code < 0:
            return "crash", f"{arguments[0]}: signal {-code}"
        if code not in (OPENED, *REFUSED, 66) or (code != OPENED and not errors.startswith(b"fathom: ")):
            return "odd exit", f"{arguments[0]}: {code}"
        # A refusal to search, such as of a query of another dimension, is none to open.
        if arguments[0] == "info":
            if code != OPENED:
                return verdict, ""
            verdict = "opened"
        elif arguments[0] == "search" and code == 65 and b"index.faiss: " in errors:
            return verdict, ""
    return verdict, ""


def main():
    program, folder, count, seed = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    seeds = sorted(folder.glob("*.faiss"))
    chance = random.Random(seed)
    totals, failures = collections.Counter(), []
    home = tempfile.mkdtemp(prefix="fathom-mutate-")
    kept = tempfile.mkdtemp(prefix="fathom-mutants-")
    fathom = Program(program, home)
    for number, path in enumerate(seeds):
        sound = path.read_bytes()
        dimension = int.from_bytes(sound[4:8], "little")
        counts = collections.Counter()
        # The first so many types get one more, so that the sum is COUNT.
        for mutant in range(count // len(seeds) + (number < count % len(seeds))):
            data, kind = mutated(sound, chance)
            target = f"{home}/index.faiss"
            pathlib.Path(target).write_bytes(data)
            result, detail = outcome(fathom, target, dimension)
            counts[result] += 1
            if result not in ("opened", "refused"):
                copy = f"{kept}/{path.stem}-{mutant}.faiss"
                shutil.copy(target, copy)
                failures.append(f"{path.stem}: {result} after {kind} ({detail}): {copy}")
        totals += counts
        print(f"{path.stem:20}", ", ".join(f"{counts[name]} {name}" for name in sorted(counts)), flush=True)
    shutil.rmtree(home)
    if not failures:
        os.rmdir(kept)
    print(
        f"mutate: {sum(totals.values())} damaged files of {len(seeds)} types, seed {seed}: {totals['opened']} opened, "
        f"{totals['refused']} refused, {totals['crash']} crashes, {totals['hang']} hangs, "
        f"{totals['odd exit']} odd exits")
    print(*failures, sep="\n", end="\n" if failures else "")
    sys.exit(1 if failures else 0)


main()
