"""Random rankings with the scores that trec_eval gives them: Tests/Fixtures/evaluation/trec_eval.json.

    python3 -m venv venv && venv/bin/pip install pytrec-eval-terrier numpy
    venv/bin/python scripts/make-evaluation-fixtures.py

pytrec_eval is a face on the C code of trec_eval. The same numbers are computed here once more with numpy, so that
both must agree before anything is written.
"""
import json
from pathlib import Path

import numpy
import pytrec_eval

TARGET = Path(__file__).resolve().parent.parent / "Tests/Fixtures/evaluation/trec_eval.json"


def case(numbers):
    k = int(numbers.integers(1, 21))
    population = int(numbers.integers(2, 60))
    ids = [f"d{n}" for n in numbers.permutation(population)]
    ranking = ids[: int(numbers.integers(1, min(k, population) + 1))]
    relevant = [f"d{n}" for n in numbers.permutation(population)[: int(numbers.integers(1, 12))]]
    return k, ranking, relevant


def by_trec_eval(k, ranking, relevant):
    run = {"q": {id: float(len(ranking) - place) for place, id in enumerate(ranking)}}
    measures = {f"recall.{k}", "recip_rank", f"ndcg_cut.{k}"}
    scores = pytrec_eval.RelevanceEvaluator({"q": {id: 1 for id in relevant}}, measures).evaluate(run)["q"]
    return scores[f"recall_{k}"], scores["recip_rank"], scores[f"ndcg_cut_{k}"]


def by_numpy(k, ranking, relevant):
    gains = numpy.isin(ranking[:k], relevant).astype(float)
    discounts = 1 / numpy.log2(numpy.arange(2, k + 2))
    ideal = discounts[: min(k, len(relevant))].sum()
    places = numpy.flatnonzero(gains)
    return (
        gains.sum() / len(relevant),
        1 / (places[0] + 1) if len(places) else 0.0,
        (gains * discounts[: len(gains)]).sum() / ideal,
    )


def main():
    numbers = numpy.random.default_rng(2026)
    cases = []
    for _ in range(400):
        k, ranking, relevant = case(numbers)
        scores = by_trec_eval(k, ranking, relevant)
        numpy.testing.assert_allclose(scores, by_numpy(k, ranking, relevant), atol=1e-12)
        cases.append({"k": k, "ranking": ranking, "relevant": relevant, "recall": scores[0], "mrr": scores[1], "ndcg": scores[2]})
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
    print(f"{len(cases)} cases in {TARGET}")


main()
