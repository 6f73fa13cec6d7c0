#!/usr/bin/env python3
"""Writes Tests/Fixtures/projection.json: vectors, and where numpy puts them in their principal plane.

    pip install numpy==2.4.6 && scripts/make-projection-fixture.py

Principal components by singular value decomposition of the centred rows in double precision, which shares nothing with the
covariance and eigenvectors that Fathom uses. Signs of axes are free; the test allows both.
"""
import json
import pathlib

import numpy

generator = numpy.random.default_rng(20261127)
rows, dimension = 120, 24
# Correlated columns and an offset, so that centring and the order of the axes matter.
vectors = generator.normal(size=(rows, dimension)) @ generator.normal(size=(dimension, dimension)) + 3
vectors = vectors.astype(numpy.float32)
centred = vectors.astype(numpy.float64) - vectors.astype(numpy.float64).mean(axis=0)
_, singular, axes = numpy.linalg.svd(centred, full_matrices=False)
variance = singular**2
target = pathlib.Path(__file__).parent.parent / "Tests/Fixtures/projection.json"
target.write_text(
    json.dumps(
        {
            "dimension": dimension,
            "vectors": [float(value) for value in vectors.ravel()],
            "shares": (variance / variance.sum())[:2].tolist(),
            "points": (centred @ axes[:2].T).tolist(),
        }
    )
    + "\n"
)
