"""Lines that need no large graph: broken files, the page, what CI took."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_model.errors import InputError
from graph_model.stores import open_graph
from ingest.maps import load_map
from ingest.run import Home, ingest
from tests.ingest.broken import BROKEN
from tests.show.line import Line

ROOT = Path(__file__).resolve().parents[2]
CI_RECORD = ROOT / ".show" / "ci.json"


def broken_files() -> Iterator[Line]:
    """Each broken file: a message that names it, exit code 1, the graph untouched."""
    good = 0
    with TemporaryDirectory() as made:
        folder = Path(made)
        graph = open_graph(str(folder / "graph"))
        graph.create()
        before = (folder / "graph" / "graph.lbdb").stat().st_ino
        for broken in BROKEN:
            try:
                ingest([broken.write(folder)], replace(load_map("company-register"), read=broken.options), graph, Home(folder))
            except InputError as error:
                good += broken.name in str(error) and error.exit_code == 1
        untouched = (folder / "graph" / "graph.lbdb").stat().st_ino == before
        graph.close()
    yield Line("broken files refused with their name and a reason", f"{good} of {len(BROKEN)}, graph untouched: {untouched}", "≥ 30, all of them", good == len(BROKEN) >= 30 and untouched)


def page() -> Iterator[Line]:
    """The screenshot that the browser test keeps."""
    picture = ROOT / "docs" / "page.png"
    yield Line("page opened in headless Chromium, the sample question asked", f"docs/page.png, {picture.stat().st_size >> 10} KiB" if picture.exists() else "no screenshot", "a screenshot in docs/", picture.exists())


def ci() -> Iterator[Line]:
    """What the last run of .ci/run here took."""
    if not CI_RECORD.exists():
        yield Line(".ci/run on a clean clone", "not run here yet", "green in ≤ 20 minutes", False)
        return
    found = json.loads(CI_RECORD.read_text())
    yield Line(".ci/run on a clean clone", f"{found['seconds'] / 60:.1f} minutes, {found['summary']}", "green in ≤ 20 minutes", found["green"] and found["seconds"] <= 1200)
