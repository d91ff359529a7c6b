"""The one subject a text means, where a verb needs exactly one."""

from graph_model.errors import UnknownEntity, UsageError
from queries.answers.answer import NodeRef
from queries.match import resolve
from queries.network import Network

SHOWN = 10


def one_subject(network: Network, text: str) -> NodeRef:
    """The subject that an id, a number or a full name singles out.

    Raises `UnknownEntity` where nothing fits, `UsageError` with the candidates where several do or only a name fits.
    """
    match = resolve(network, text)
    if match.id is not None:
        return NodeRef(match.id, network.labels[match.id], network.captions[match.id])
    if not match.hits:
        raise UnknownEntity(f"nothing in the graph is called {text!r}; `xinpu search` finds names that contain it")
    candidates = ", ".join(f"{hit.id} ({network.captions[hit.id]})" for hit in match.hits[:SHOWN])
    raise UsageError(f"{text!r} is no one subject: {match.reason}; candidates: {candidates}")
