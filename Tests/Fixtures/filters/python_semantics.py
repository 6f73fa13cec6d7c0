"""Writes python.json: what Python itself answers for LangChain's operators over many pairs of values.

Run with any Python 3.11 or 3.12 (later ones word some errors differently): python3 python_semantics.py
"expected" has one letter per document: 1 match, 0 no match, T TypeError, ? an order of
Decimal('NaN') (Python's InvalidOperation, which Fathom takes for no match); "message" is the first TypeError's.
"""

import datetime
import decimal
import json
import operator
import os
import random
import uuid

VALUES = [
    None, True, False, 0, 1, 3, -7, 2**53, 2**53 + 1, {"$t": "int", "v": str(2**64)},
    {"$t": "int", "v": str(10**23)}, {"$t": "int", "v": str(-(10**30))},
    *({"$t": "float", "v": v} for v in ["1.0", "3.0", "2.5", "-0.0", "nan", "inf", "-inf", "1e+23", "9007199254740992.0"]),
    "", "1", "a", "b", "abc", "\u00e9", "e\u0301", "\U0001f600", "\uff5e", "2024-01-31",
    [], [1], [1, 2], [1, "a"], ["a"], [[1], 2], [{"$t": "float", "v": "1.0"}], [{"$t": "float", "v": "nan"}],
    {"$t": "tuple", "v": []}, {"$t": "tuple", "v": [1]}, {"$t": "tuple", "v": [1, [2]]}, {"$t": "tuple", "v": ["a", 1]},
    {}, {"a": 1}, {"a": True}, {"a": [1]},
    {"$t": "set", "v": [1, 2]}, {"$t": "frozenset", "v": [2, 1]},
    {"$t": "bytes", "hex": "00ff"}, {"$t": "bytes", "hex": "01"}, {"$t": "bytearray", "hex": "01"},
    {"$t": "date", "iso": "2024-01-31"}, {"$t": "date", "iso": "1999-12-31"},
    {"$t": "datetime", "iso": "2024-01-31T00:00:00"}, {"$t": "datetime", "iso": "2024-01-31T10:00:00.000001"},
    {"$t": "datetime", "iso": "2024-01-31T10:00:00+00:00", "tz": "datetime.timezone.utc"},
    {"$t": "datetime", "iso": "2024-01-31T15:30:00+05:30", "tz": "x"},
    {"$t": "time", "iso": "10:00:00"}, {"$t": "time", "iso": "10:00:00.5"},
    {"$t": "timedelta", "days": -1, "seconds": 5, "microseconds": 7}, {"$t": "timedelta", "days": 1, "seconds": 0, "microseconds": 0},
    {"$t": "Decimal", "v": "2.50"}, {"$t": "Decimal", "v": "0.1"}, {"$t": "Decimal", "v": "1E+23"}, {"$t": "Decimal", "v": "NaN"},
    {"$t": "UUID", "v": "12345678-1234-5678-1234-567812345678"},
]


def read(value):
    """The Python value of a tagged JSON value, made anew each time (identity counts for NaN)."""
    if isinstance(value, list):
        return [read(v) for v in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("$t")
    if kind is None:
        return {k: read(v) for k, v in value.items()}
    if kind in ("date", "datetime", "time"):
        iso = value["iso"] + ("00000" if value["iso"].endswith(".5") else "")
        return getattr(datetime, kind).fromisoformat(iso)
    if kind in ("bytes", "bytearray"):
        return {"bytes": bytes, "bytearray": bytearray}[kind].fromhex(value["hex"])
    if kind == "timedelta":
        return datetime.timedelta(value["days"], value["seconds"], value["microseconds"])
    make = {"int": int, "float": float, "Decimal": decimal.Decimal, "UUID": uuid.UUID, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
    return make(read(value["v"]))


OPERATORS = {
    "$eq": operator.eq, "$neq": operator.ne, "$gt": operator.gt, "$lt": operator.lt, "$gte": operator.ge, "$lte": operator.le,
    "$in": lambda a, b: a in b, "$nin": lambda a, b: a not in b,
}


def answer(name, operand, value):
    if name is None:
        return value == operand
    if name == "long list":
        return value in frozenset(operand)
    return bool(OPERATORS[name](value, operand))


def case(name, operand):
    expected, message = "", None
    for value in VALUES:
        try:
            expected += "01"[answer(name, read(operand), read(value))]
        except TypeError as error:
            expected += "T"
            message = message or str(error)
        except decimal.InvalidOperation:
            expected += "?"
    condition = operand if name in (None, "long list") else {name: operand}
    made = {"filter": {"$and": [{"v": condition}]}, "expected": expected}
    return made | ({"message": message} if message else {})


def is_left_out(name, operand):
    """Sets, which Python orders by inclusion, and bytes, which it searches for bytes: Fathom refuses both."""
    kind = operand.get("$t", "") if isinstance(operand, dict) else ""
    return kind.endswith("set") and name in ("$gt", "$lt", "$gte", "$lte") or kind.startswith("byte") and name in ("$in", "$nin")


def cases():
    for operand in VALUES:
        for name in OPERATORS:
            if not is_left_out(name, operand):
                yield case(name, operand)
        if not isinstance(operand, list) and not (isinstance(operand, dict) and "$t" not in operand):
            yield case(None, operand)
    generator = random.Random(6)
    for _ in range(20):
        yield case("$in", generator.sample(VALUES, 5))
    hashable = [v for v in VALUES if not isinstance(v, list) and not (isinstance(v, dict) and v.get("$t") in (None, "set", "bytearray")) and v != {"$t": "tuple", "v": [1, [2]]}]
    for _ in range(10):
        yield case("long list", generator.sample(hashable, 11))


if __name__ == "__main__":
    documents = [{"v": value} for value in VALUES]
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "python.json"), "w") as file:
        lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases())
        file.write('{"documents":' + json.dumps(documents, separators=(",", ":")) + ',\n"cases":[\n' + lines + "\n]}\n")
