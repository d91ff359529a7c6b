"""Every broken file ends in a message that says what is wrong; every odd one is read, with nothing lost."""

from pathlib import Path

import pytest

from graph_model.errors import InputError
from ingest.read import ReadOptions, open_table
from tests.ingest.broken import BROKEN, ODD, Broken, Odd


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_file_is_refused_with_its_reason(broken: Broken, tmp_path: Path) -> None:
    path = broken.write(tmp_path)
    with pytest.raises(InputError) as caught:
        for _ in open_table(path, broken.options).batches():
            pass
    message = str(caught.value)
    assert path.name in message
    assert [part for part in broken.says if part not in message] == [], message


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_an_odd_file_is_read_whole(odd: Odd, tmp_path: Path) -> None:
    opened = open_table(odd.write(tmp_path), odd.options)
    good = sum(batch.rows.num_rows for batch in opened.batches())
    assert (good, tuple(row.code for row in opened.bad_rows)) == (odd.good, odd.bad)
    assert tuple(note.code for note in opened.notes) == odd.notes
    assert opened.rows_read == odd.good + len(odd.bad)


def test_there_are_thirty_of_them_with_different_names() -> None:
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 30
    assert len({odd.name for odd in ODD}) == len(ODD)


@pytest.mark.parametrize("name", ["missing.csv", "folder.csv"])
def test_a_path_that_is_no_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match=f"{name}: cannot be read: "):
        open_table(tmp_path / name, ReadOptions())
