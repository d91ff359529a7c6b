"""Writes a synthetic register of any size as CSV: `python -m tests.bench.generate --enterprises 10000 --seed 1 --out DIR`.

Four files: register, officers, shareholders, lists. `--delta K` adds K rows of news in DIR/delta.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from tests.bench import words
from tests.bench.text import enterprise_names, join, masked_ids, person_names, pick, spread, usccs
from tests.bench.world import NONE, Ints, Posts, World, distinct_persons, later, names, world

Columns = Mapping[str, pa.Array]


def register(made: World, index: Ints, legal: Ints, founded: Ints) -> Columns:
    """The company register of these enterprises with these legal representatives."""
    luck = [spread(index, made.seed, prime) / prime for prime in (999_983, 1_000_003, 1_000_033)]
    capital = np.searchsorted(np.cumsum(words.MONEY_WEIGHTS) / sum(words.MONEY_WEIGHTS), luck[0])
    return {
        "企业名称": enterprise_names(index, made.seed),
        "统一社会信用代码": usccs(index, made.seed),
        "法定代表人": person_names(legal),
        "注册资本": pick(words.CAPITALS, np.minimum(capital, len(words.CAPITALS) - 1)),
        "成立日期": pick(words.DAYS, founded),
        "登记状态": pick(words.STATES, np.searchsorted((0.93, 0.98), luck[1])),
        "企业类型": pick(words.KINDS, np.searchsorted((0.75, 0.9, 0.95), luck[2])),
    }


def officers(made: World, posts: Posts) -> Columns:
    """The officer rows; the same person often holds two posts."""
    legal = posts.person < made.count
    kinds = (*words.LEGAL_POSTS, *words.OTHER_POSTS)
    return {
        "统一社会信用代码": usccs(made.people.firm[posts.person], made.seed),
        "姓名": person_names(made.people.name[posts.person]),
        "职务": pick(kinds, np.where(legal, posts.slot, posts.slot + len(words.LEGAL_POSTS))),
        "任职日期": pick(words.DAYS, posts.start),
        "离任日期": pick(words.DAYS, posts.end),
        "证件号码": masked_ids(made.people.masked[posts.person]),
    }


def shareholders(made: World) -> Columns:
    """The shareholdings; a holder that is an enterprise comes with its number."""
    held = made.shares
    firms = held.holder >= 0
    number = usccs(np.maximum(held.holder, 0), made.seed)
    persons = person_names(np.where(firms, NONE, made.people.name[held.person]))
    holders = enterprise_names(np.maximum(held.holder, 0), made.seed)
    return {
        "统一社会信用代码": usccs(held.firm, made.seed),
        "股东名称": pc.if_else(pa.array(firms), holders, persons),
        "股东类型": pick(("自然人股东", "企业法人"), firms.astype(np.int64)),
        "股东统一社会信用代码": pc.if_else(pa.array(firms), number, pa.scalar(None, pa.string())),
        "持股比例": pick([f"{n / 100:.2f}%" for n in range(10_001)], held.share),
        "认缴日期": pick(words.DAYS, held.due),
    }


def lists(made: World) -> Columns:
    """The list memberships in the generic layout; a fifth have ended."""
    rng = np.random.default_rng((made.seed, 2))
    kind = rng.integers(0, len(words.LISTS), made.listed.size)
    start = later(rng, made.founded[made.listed])
    end = np.where(rng.random(start.size) < 0.2, later(rng, start), NONE)
    year = pc.utf8_slice_codeunits(pick(words.DAYS, start), 0, 4)
    signs, numbers = [sign for *_, sign in words.LISTS], pa.array(np.arange(start.size)).cast(pa.string())
    return {
        "名单名称": pick([name for name, *_ in words.LISTS], kind),
        "企业名称": enterprise_names(made.listed, made.seed),
        "统一社会信用代码": usccs(made.listed, made.seed),
        "列入日期": pick(words.DAYS, start),
        "移出日期": pick(words.DAYS, end),
        "列入决定书文号": join("合成", pick(signs, kind), "字〔", year, "〕", numbers, "号"),
        "列入事由": pick([ground for _, ground, *_ in words.LISTS], kind),
        "列入机关": pick([f"合成市{name}" for *_, name, _ in words.LISTS], kind),
    }


# --- files ------------------------------------------------------------------------------------------


def _write(path: Path, columns: Columns) -> int:
    table = pa.table(dict(columns))
    plain = csv.WriteOptions(include_header=False, quoting_style="none")  # refuses a value that needs a quote
    with path.open("wb") as file:
        file.write((",".join(columns) + "\n").encode())
        csv.write_csv(table, file, plain)
    return int(table.num_rows)


def write_world(made: World, out: Path) -> dict[str, int]:
    """Writes the four files and says how many rows, persons and relations there are."""
    out.mkdir(parents=True, exist_ok=True)
    index = np.arange(made.count)
    rows = {
        "register": _write(
            out / "register.csv", register(made, index, made.people.name[index], made.founded)
        ),
        "officers": _write(out / "officers.csv", officers(made, made.posts)),
        "shareholders": _write(out / "shareholders.csv", shareholders(made)),
        "lists": _write(out / "lists.csv", lists(made)),
    }
    return rows | {
        "enterprises": made.count,
        "persons": distinct_persons(made),
        "relations": sum(rows.values()),
    }


def write_delta(made: World, out: Path, size: int) -> dict[str, int]:
    """Writes `size` rows: a quarter each new companies, new roles in them, new legal representatives, ended posts."""
    out.mkdir(parents=True, exist_ok=True)
    rng, quarter = np.random.default_rng((made.seed, 3)), size // 4
    new = made.count + np.arange(quarter)
    changed = rng.choice(made.count, size - 3 * quarter, replace=False)
    index = np.concatenate((new, changed))
    founded = np.concatenate((np.full(quarter, len(words.DAYS) - 1), made.founded[changed]))
    legal = _other_names(rng, made, changed, quarter)
    ended = rng.choice(np.flatnonzero(made.posts.end < 0), quarter, replace=False)
    rows = {
        "register": _write(out / "register.csv", register(made, index, legal, founded)),
        "officers": _write(out / "officers.csv", _delta_officers(made, new, legal[:quarter], ended)),
    }
    return rows | {"new": 2 * quarter, "changed": int(changed.size + ended.size)}


def _other_names(rng: np.random.Generator, made: World, changed: Ints, new: int) -> Ints:
    drawn = names(rng, new + changed.size)
    same = np.flatnonzero(drawn[new:] == made.people.name[changed])
    drawn[new + same] += 1 - 2 * (drawn[new + same] % 2)
    return drawn


def _delta_officers(made: World, new: Ints, names: Ints, ended: Ints) -> Columns:
    last, size = len(words.DAYS) - 1, new.size
    old = Posts(
        made.posts.person[ended], made.posts.slot[ended], made.posts.start[ended], np.full(size, last)
    )
    fresh = {
        "统一社会信用代码": usccs(new, made.seed),
        "姓名": person_names(names),
        "职务": pick(words.LEGAL_POSTS, np.zeros(size, np.int64)),
        "任职日期": pick(words.DAYS, np.full(size, last)),
        "离任日期": pa.nulls(size, pa.string()),
        "证件号码": pa.nulls(size, pa.string()),
    }
    return {name: pa.concat_arrays([fresh[name], column]) for name, column in officers(made, old).items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: generate, write, print the counts as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description=__doc__)
    parser.add_argument("--enterprises", type=int, required=True, help="how many, 100 to 20,000,000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for register, officers, shareholders, lists"
    )
    parser.add_argument("--delta", type=int, default=0, help="rows of a second, changed set in OUT/delta")
    asked = parser.parse_args(arguments)
    if not 100 <= asked.enterprises <= 20_000_000 or asked.delta > asked.enterprises:
        parser.error("--enterprises must be 100 to 20,000,000 and --delta no more than that number")
    made = world(asked.enterprises, asked.seed)
    counts: dict[str, object] = dict(write_world(made, asked.out))
    if asked.delta:
        counts["delta"] = write_delta(made, asked.out / "delta", asked.delta)
    sys.stdout.write(json.dumps(counts) + "\n")


if __name__ == "__main__":
    main()
