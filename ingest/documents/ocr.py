"""The extra `ocr`: pages without a text layer, read line by line with the box of each."""

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.documents.text import Piece

_SCALE = 200 / 72  # pixels a point: 200 dpi, what the recogniser was made for


@dataclass(frozen=True)
class Ocr:
    """A recogniser; its models come with the package and are loaded once."""

    engine: Any

    def lines(self, page: Any, number: int) -> Iterator[tuple[str, Piece]]:
        """The lines of a page (pypdfium2), from top to bottom, each with its box in points."""
        picture = page.render(scale=_SCALE).to_numpy()
        found = self.engine(picture)
        height = page.get_height()
        if found.boxes is None:
            return
        for corners, text in zip(found.boxes, found.txts, strict=True):
            across, down = [float(c[0]) / _SCALE for c in corners], [float(c[1]) / _SCALE for c in corners]
            box = (min(across), height - max(down), max(across), height - min(down))
            left, bottom, right, top = (round(side, 1) for side in box)
            yield str(text), Piece(0, 0, page=number, box=(left, bottom, right, top))


def open_ocr() -> Ocr | None:
    """The recogniser, or None where the extra is not installed."""
    if importlib.util.find_spec("rapidocr") is None:
        return None
    rapidocr = importlib.import_module("rapidocr")
    return Ocr(rapidocr.RapidOCR(params={"Global.log_level": "critical"}))
