"""What authorities and courts decided: penalties, measures, judgments, enforcement, found together."""

from nlp import enforcement, judgments, measures, penalties
from nlp.extraction import Fact
from nlp.reading import Reading


def find(reading: Reading) -> list[Fact]:
    """Every decision that the text tells of, in the order of the text."""
    punished = penalties.find(reading)
    last = {f.subject: f.evidence[1] for f in punished}  # an investigation that ended in a penalty is told by it
    taken = [f for f in measures.find(reading) if f.attrs["measure_type"] != "立案调查" or f.evidence[1] > last.get(f.subject, -1)]
    facts = [*punished, *taken, *judgments.find(reading), *enforcement.find(reading)]
    return sorted(facts, key=lambda f: f.evidence)
