"""The text behind the numbers of a synthetic register: names, codes and dates as Arrow columns."""

from collections.abc import Sequence
from math import gcd

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tests.bench.words import BRAND, FORMS, GIVEN, PLACES, SURNAMES, TRADES
from tests.bench.world import NONE, Ints


def pick(choices: Sequence[str], index: Ints) -> pa.Array:
    """The chosen words; -1 is an empty cell."""
    return pa.array(choices, pa.string()).take(pa.array(index, mask=index < 0))


def join(*parts: pa.Array | str) -> pa.Array:
    """The parts put together row by row; empty where a part is."""
    return pc.binary_join_element_wise(*parts, "")


def spread(index: Ints, seed: int, modulus: int) -> Ints:
    """A permutation of 0 … modulus - 1, so that neighbours get unlike and never equal numbers."""
    step = int(modulus * 0.6180339887)
    while gcd(step, modulus) != 1:
        step += 1
    return (index * step + seed * 7919) % modulus


def _named(index: Ints, seed: int) -> tuple[Ints, ...]:
    """The place, the characters of the brand, the trade and the form of each enterprise's unique name."""
    sizes = (len(FORMS), len(TRADES), len(BRAND), len(BRAND), len(PLACES))
    rest = spread(index, seed, int(np.prod(sizes)))
    digits = []
    for size in sizes:
        digits.append(rest % size)
        rest = rest // size
    return tuple(reversed(digits))


def enterprise_names(index: Ints, seed: int) -> pa.Array:
    """The names of the enterprises with these numbers: place, brand, trade and form."""
    place, first, second, trade, form = _named(index, seed)
    places = [name for name, _ in PLACES]
    brand = join(pick(BRAND, first), pick(BRAND, second))
    return join(pick(places, place), brand, pick(TRADES, trade), pick(FORMS, form))


def usccs(index: Ints, seed: int) -> pa.Array:
    """The 统一社会信用代码 of the enterprises with these numbers, all check characters right."""
    alphabet = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
    divisions = np.array([[int(digit) for digit in code] for _, code in PLACES], np.uint8)
    digits = np.empty((index.size, 18), np.uint8)
    digits[:, :2], digits[:, 2:8] = (9, 1), divisions[_named(index, seed)[0]]
    body = spread(index, seed, 10**8)
    for column in range(15, 7, -1):
        digits[:, column], body = body % 10, body // 10
    # 组织机构代码: a remainder of 10 is written X, which stands at 29 in the alphabet of the whole code
    check = -_weighted(digits[:, 8:16], (3, 7, 9, 10, 5, 8, 4, 2)) % 11
    digits[:, 16] = np.where(check == 10, 29, check)
    digits[:, 17] = -_weighted(digits[:, :17], [pow(3, n, 31) for n in range(17)]) % 31
    offsets = np.arange(index.size + 1, dtype=np.int32) * 18
    text = pa.py_buffer(np.ascontiguousarray(alphabet[digits]))
    return pa.Array.from_buffers(pa.string(), index.size, [None, pa.py_buffer(offsets), text])


def _weighted(digits: npt.NDArray[np.uint8], weights: Sequence[int]) -> Ints:
    total = np.zeros(digits.shape[0], np.int64)
    for column, weight in enumerate(weights):
        total += digits[:, column].astype(np.int64) * weight
    return total


def person_names(code: Ints) -> pa.Array:
    """The names behind the codes; -1 is an empty cell."""
    given = len(GIVEN)
    rest, second = np.divmod(code, given + 1)
    surname, first = np.divmod(rest, given)
    surname = np.where(code < 0, NONE, surname)
    return join(pick(SURNAMES, surname), pick(GIVEN, first), pick((*GIVEN, ""), second))


def masked_ids(code: Ints) -> pa.Array:
    """The masked identity numbers behind the codes; -1 is an empty cell."""
    rest, last = np.divmod(code, 10_000)
    place, year = np.divmod(rest, 50)
    heads = [f"{division}{born}" for _, division in PLACES for born in range(1950, 2000)]
    tails = [f"****{number:04d}" for number in range(10_000)]
    return join(pick(heads, np.where(code < 0, NONE, place * 50 + year)), pick(tails, last))
