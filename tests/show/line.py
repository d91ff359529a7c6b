"""One acceptance line: what was measured, what it should be, whether it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed."""

    name: str
    figure: str
    aim: str
    ok: bool

    def __str__(self) -> str:
        return f"{'ok   ' if self.ok else 'short'}  {self.name}: {self.figure}  (aim: {self.aim})"


Lines = Callable[[], Iterator[Line]]
