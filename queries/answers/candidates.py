"""How many claims about a subject a machine read that nobody has decided on."""

from collections.abc import Mapping

from graph_model.model import MODEL
from queries.catalogue.candidates import CANDIDATES_OF, MENTIONS_OF
from queries.inquiry import Inquiry


def candidates_of(inquiry: Inquiry, subjects: Mapping[str, str]) -> set[str]:
    """The candidates about some nodes (id → label), each once.

    A subject that no document names has none: that is asked first, so that the many relations of a large one are
    not looked through for nothing.
    """
    named = [(id_, label) for id_, label in sorted(subjects.items()) if inquiry.ask(MENTIONS_OF[label], id=id_)]
    rows = [row for id_, label in named for row in inquiry.ask(CANDIDATES_OF[label], id=id_)]
    return {row.other if MODEL.node[row.label].bears_claim else row.claim for row in rows}
