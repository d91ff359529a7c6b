"""The model: what the graph is made of. Instances only; everything else is generated from them or checked against them.

English terms follow FollowTheMoney, BODS and GB/T 36107; the Chinese term stands beside each. To add a list,
a post or a property, add a line in this folder: DDL, loader, maps, queries, API, page and README follow.
"""

from graph_model.model.events import (
    BID,
    CREDIT_ITEM,
    DEBT,
    DISPUTE,
    ENFORCEMENT,
    FINDING,
    GRADE,
    JUDGMENT,
    LIST,
    LISTING,
    PENALTY,
    SIGHTING,
)
from graph_model.model.sources import DOCUMENT, RUN, SOURCE
from graph_model.model.subjects import AUTHORITY, ENTERPRISE, PERSON, RECORD
from graph_model.model.terms import LISTS, ROLES
from graph_model.model.ties import EVENT_LINKS, ROLES_IN_FIRMS, SHAREHOLDER_OF, TIES
from graph_model.schema import Model

MODEL = Model(
    nodes=(ENTERPRISE, PERSON, AUTHORITY, RECORD, LISTING, PENALTY, ENFORCEMENT, JUDGMENT, GRADE, DEBT, FINDING, DISPUTE, SIGHTING, CREDIT_ITEM, BID, LIST, DOCUMENT, SOURCE, RUN),
    rels=(*ROLES_IN_FIRMS, SHAREHOLDER_OF, *TIES, *EVENT_LINKS),
    roles=ROLES,
    lists=LISTS,
)  # fmt: skip
