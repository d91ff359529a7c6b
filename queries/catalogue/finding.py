"""The texts that a search asks: by number, by name, and what is shown of a hit. Not for users to ask by name.

LABEL stands for the label of the node asked about, looked up by its key (`ask_each`).

A rank is tier × 1000 + length of the name; `rank`, `after` (an id) and `limit` page by key.
"""

from collections.abc import Mapping
from types import MappingProxyType

BY_NUMBER = """
MATCH (n:Enterprise)
WHERE n.uscc = $number OR n.orgcode = $number OR n.regno = $number OR n.ticker = $number
RETURN n.id AS id, {{label(n)}} AS label ORDER BY id LIMIT 1000"""

BY_MASKED_NUMBER = """
MATCH (n:Person) WHERE n.id_masked = $number RETURN n.id AS id, {{label(n)}} AS label ORDER BY id LIMIT 1000"""

BY_RECORD_NUMBER = """
MATCH (d:Record)-[r:DESCRIBES]->(n:{{types(subjects)}})
WHERE (d.uscc = $number OR d.orgcode = $number OR d.regno = $number OR d.ticker = $number OR d.lei = $number
  OR d.id_masked = $number) AND {{known(d)}} AND {{asserted(d)}} AND {{known(r)}}
RETURN DISTINCT n.id AS id, {{label(n)}} AS label ORDER BY id LIMIT 1000"""

BY_RECORD_NAME = """
MATCH (d:Record)-[r:DESCRIBES]->(n:{{types(subjects)}})
WHERE (d.name_key CONTAINS $key OR d.alias_keys CONTAINS $key) AND {{known(d)}} AND {{asserted(d)}} AND {{known(r)}}
  AND ($label = '' OR {{label(n)}} = $label)
WITH n.id AS id, {{label(n)}} AS label, min(size(coalesce(d.name_key, d.alias_keys)) + 1000 *
  CASE WHEN d.name_key = $key THEN 2 WHEN d.alias_keys CONTAINS $exact THEN 3 WHEN d.name_key STARTS WITH $key THEN 4
  WHEN d.name_key CONTAINS $key THEN 5 ELSE 6 END) AS rank
WHERE rank > $rank OR (rank = $rank AND id > $after)
RETURN id, label, rank ORDER BY rank, id LIMIT $limit"""

BY_NODE_NAME = """
MATCH (n:{{types(subjects)}})
WHERE (n.name_key CONTAINS $key OR n.caption CONTAINS $name) AND ($label = '' OR {{label(n)}} = $label)
WITH n.id AS id, {{label(n)}} AS label, size(coalesce(n.name_key, n.caption)) + 1000 *
  CASE WHEN n.name_key = $key OR n.caption = $name THEN 2
  WHEN n.name_key STARTS WITH $key OR n.caption STARTS WITH $name THEN 4 ELSE 5 END AS rank
WHERE rank > $rank OR (rank = $rank AND id > $after)
RETURN id, label, rank ORDER BY rank, id LIMIT $limit"""

MATCHED_BY_RECORD = """
MATCH (n:LABEL {id: $id})<-[r:DESCRIBES]-(d:Record)
WHERE (d.name_key CONTAINS $key OR d.alias_keys CONTAINS $key)
  AND {{known(d)}} AND {{asserted(d)}} AND {{known(r)}}
RETURN DISTINCT n.id AS id"""

PERSONS_OF_NAME = "MATCH (n:Person) WHERE n.name_key = $key RETURN n.id AS id"

NAMED_AT = """
MATCH (n:LABEL {id: $id})-[r]-(m) WHERE {{known(r)}} RETURN n.id AS id LIMIT 1"""

NAMES_OF = """
MATCH (n:LABEL {id: $id})<-[r:DESCRIBES]-(d:Record)
WHERE {{known(d)}} AND {{asserted(d)}} AND {{known(r)}}
RETURN n.id AS id, d.name AS name, d.short_name AS short_name, d.former_names AS former_names,
  d.uscc AS uscc, d.orgcode AS orgcode, d.regno AS regno, d.ticker AS ticker, d.id_masked AS id_masked
ORDER BY d.id"""

NODE_OF: Mapping[str, str] = MappingProxyType(
    {
        "Enterprise": "MATCH (n:Enterprise {id: $id}) RETURN n.id AS id, n.caption AS name, n.uscc AS uscc,"
        " n.orgcode AS orgcode, n.regno AS regno, n.ticker AS ticker",
        "Person": "MATCH (n:Person {id: $id}) RETURN n.id AS id, n.caption AS name, n.id_masked AS id_masked",
        "Authority": "MATCH (n:Authority {id: $id}) RETURN n.id AS id, n.caption AS name",
    }
)

JOINED = """
MATCH (n:LABEL {id: $id})-[j:SAME_AS]->(m:LABEL)
WHERE j.grade IN ['confirmed', 'anchored'] AND {{known(j)}} AND {{asserted(j)}} RETURN n.id AS id, m.id AS other
UNION ALL MATCH (n:LABEL {id: $id})<-[j:SAME_AS]-(m:LABEL)
WHERE j.grade IN ['confirmed', 'anchored'] AND {{known(j)}} AND {{asserted(j)}} RETURN n.id AS id, m.id AS other"""

FIRMS_OF_PERSONS = """
MATCH (n:Person {id: $id})-[r:{{types(walked)}}]->(m:Enterprise)
WHERE {{known(r)}} AND {{asserted(r)}}
RETURN DISTINCT n.id AS id, m.id AS firm"""
