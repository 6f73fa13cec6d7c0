"""Metadata values: Fathom's tagged JSON as Python's own types, equality that knows types, and samples."""
import math
import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from uuid import UUID

import numpy



def moment(it):
    found = datetime.fromisoformat(it["iso"]).replace(fold=it.get("fold", 0))
    name = re.search(r", '(.*)'\)$", it.get("tz", ""))
    return found.replace(tzinfo=timezone(found.utcoffset(), name[1])) if name else found


TAGGED = {
    "float": lambda it: float(it["v"]),
    "int": lambda it: int(it["v"]),
    "str": lambda it: bytes.fromhex(it["utf8_surrogatepass_hex"]).decode("utf-8", "surrogatepass"),
    "tuple": lambda it: tuple(untagged(it["v"])),
    "set": lambda it: set(untagged(it["v"])),
    "frozenset": lambda it: frozenset(untagged(it["v"])),
    "dict": lambda it: {untagged(key): untagged(value) for key, value in it["items"]},
    "bytes": lambda it: bytes.fromhex(it["hex"]),
    "bytearray": lambda it: bytearray.fromhex(it["hex"]),
    "date": lambda it: date.fromisoformat(it["iso"]),
    "time": lambda it: time.fromisoformat(it["iso"]).replace(fold=it.get("fold", 0)),
    "datetime": moment,
    "timedelta": lambda it: timedelta(it["days"], it["seconds"], it["microseconds"]),
    "Decimal": lambda it: Decimal(it["v"]),
    "Fraction": lambda it: Fraction(it["v"]),
    "UUID": lambda it: UUID(it["v"]),
    "complex": lambda it: complex(*map(float, it["v"])),
    "range": lambda it: range(*it["v"]),
    "path": lambda it: PurePosixPath(it["v"]),
    "ndarray": lambda it: numpy.array(untagged(it["v"]), it["dtype"]).reshape(it["shape"]),
}


def untagged(value):
    """A value of Fathom's JSON as Python has it."""
    if isinstance(value, list):
        return [untagged(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("$t")
    if not isinstance(kind, str):
        return {key: untagged(inner) for key, inner in value.items()}
    if kind.startswith("numpy."):
        return numpy.frombuffer(bytes.fromhex(value["raw_hex"]), value["dtype"])[0]
    return TAGGED[kind](value)


def same(a, b):
    """Equality in which NaN equals itself, and 1, 1.0 and True, 0.0 and -0.0, and two time zones differ."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return same(list(a), list(b)) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, (set, frozenset)):
        return sorted(map(repr, a)) == sorted(map(repr, b))
    if isinstance(a, numpy.ndarray):
        return (a.dtype, a.shape) == (b.dtype, b.shape) and same(a.tolist(), b.tolist())
    return repr(a) == repr(b)


OFFSET = timezone(timedelta(hours=-3, minutes=-30))
PYTHON_VALUES = {
    "draft": True, "one": 1, "float": 1.0, "zero": -0.0, "big": 2**80, "nan": math.nan, "infinite": -math.inf,
    "date": date(2024, 2, 29), "moment": datetime(2024, 5, 6, 7, 8, 9, 1234),
    "fold": datetime(2024, 10, 27, 2, 30, fold=1), "utc": datetime(2024, 5, 6, tzinfo=timezone.utc),
    "zone": datetime(2024, 5, 6, 7, 8, 9, tzinfo=OFFSET), "time": time(1, 2, 3), "delta": timedelta(-1, 3),
    "decimal": Decimal("1.10"), "uuid": UUID(int=5), "large uuid": UUID(int=2**127), "tuple": (1, "a", (2.0,)),
    "set": {1, 2, "x"}, "frozenset": frozenset({1.5}), "bytes": b"\x00\xff", "bytearray": bytearray(b"ab"),
    "keys": {1: "a", None: 2}, "$t": "date", "$gt": 3, "float32": numpy.float32(1.5), "int64": numpy.int64(7),
    "array": numpy.array([[1.0, 2.0]]), "path": PurePosixPath("/a/b"), "complex": 1 + 2j, "range": range(1, 9, 2),
    "fraction": Fraction(3, 7), "surrogate": "a\ud800b", "empty": {"": [[], {}, ()]},
}
# What `fathom edit --set` is told, and the value that Python then has.
SET_VALUES = {
    "page": ("7", 7),
    "ratio": ("1.0", 1.0),
    "ready": ("true", True),
    "nothing": ("null", None),
    "name": ("plain text", "plain text"),
    "digits": ('"7"', "7"),
    "tags": ('["x", 1, 2.5, null]', ["x", 1, 2.5, None]),
    "nested": ('{"b": {"a": [true]}}', {"b": {"a": [True]}}),
    "huge": (str(2**70), 2**70),
    "not a number": ('{"$t": "float", "v": "nan"}', math.nan),
    "day": ('{"$t": "date", "iso": "2024-02-29"}', date(2024, 2, 29)),
    "at": ('{"$t": "datetime", "iso": "2024-05-06T07:08:09.000120-03:30"}',
           datetime(2024, 5, 6, 7, 8, 9, 120, OFFSET)),
    "clock": ('{"$t": "time", "iso": "23:59:58"}', time(23, 59, 58)),
    "wait": ('{"$t": "timedelta", "days": -1, "seconds": 3, "microseconds": 4}', timedelta(-1, 3, 4)),
    "price": ('{"$t": "Decimal", "v": "1.10"}', Decimal("1.10")),
    "pair": ('{"$t": "tuple", "v": [1, "a"]}', (1, "a")),
    "several": ('{"$t": "set", "v": [1, "a"]}', {1, "a"}),
    "raw": ('{"$t": "bytes", "hex": "00ff"}', b"\x00\xff"),
    "keyed": ('{"$t": "dict", "items": [[1, "a"], [null, 2.0]]}', {1: "a", None: 2.0}),
}
