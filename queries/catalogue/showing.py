"""The texts behind `show` and `export`: everything that hangs on one node. Not for users to ask by name.

LABEL and TYPE stand for a label and a relationship type of the model; a node is looked up by its key.
"""

NODE = "MATCH (n:LABEL {id: $id}) RETURN n AS node"

# `$open`: a claim closed by this run or an earlier one is left out; -1 brings closed claims too.
RELATIONS_OUT = """
MATCH (n:LABEL {id: $id})-[r]->(m)
WHERE r.known_from <= $run AND r.known_to > $open
RETURN {{type(r)}} AS type, r AS claim, m.id AS other, {{label(m)}} AS label, m AS node
ORDER BY r.claim_id LIMIT $limit"""

RELATIONS_IN = """
MATCH (n:LABEL {id: $id})<-[r]-(m)
WHERE r.known_from <= $run AND r.known_to > $open
RETURN {{type(r)}} AS type, r AS claim, m.id AS other, {{label(m)}} AS label, m AS node
ORDER BY r.claim_id LIMIT $limit"""

CLAIM = """
MATCH (a)-[r:TYPE]->(b) WHERE r.claim_id = $claim AND r.known_from <= $run
RETURN r AS claim, a.id AS source, {{label(a)}} AS source_label, a AS source_node,
  b.id AS target, {{label(b)}} AS target_label, b AS target_node"""

# TYPES: the relationship types followed; KEYED and AMONG say which nodes: one by its key, or many.
STEPS_OUT = """
MATCH (a:LABEL KEYED)-[r:TYPES]->(b)
WHERE AMONG {{known(r)}} AND {{asserted(r)}}
RETURN a.id AS one, b.id AS other, {{type(r)}} AS type, r AS claim, {{label(b)}} AS label, b AS node"""

STEPS_IN = """
MATCH (a:LABEL KEYED)<-[r:TYPES]-(b)
WHERE AMONG {{known(r)}} AND {{asserted(r)}}
RETURN a.id AS one, b.id AS other, {{type(r)}} AS type, r AS claim, {{label(b)}} AS label, b AS node"""
