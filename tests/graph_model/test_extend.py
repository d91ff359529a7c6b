"""A list, a post and a property added to the model declaration alone: loaded, asked and shown, with no other file touched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("graph_model", "nlp", "queries", "ingest", "api")
EDITS = (
    ("terms.py", "LISTS = (", 'LISTS = (\n    L("示例新黑名单", "a new list", "negative", "示例机关", True),'),
    ("terms.py", "ROLES = (", 'ROLES = (\n    R("首席示例官", "SENIOR_MANAGER_OF", "chief example officer"),'),
    ("subjects.py", 'P("website", "text", "网址."),', 'P("website", "text", "网址."),\n        P("motto", "text", "企业口号."),'),
)
MAP = """
name: extended
source: {id: extended, name: 扩展, rank: 2}
subjects:
  firm: {label: Enterprise, name: 名称, record: {motto: 口号}}
  person: {label: Person, name: 姓名, within: firm}
events:
  listing: {label: Listing, of: firm, list: 名单, listed: 列入}
links:
  - {role: 职务, from: person, to: firm}
"""
SCRIPT = """
import sys
from pathlib import Path
from graph_model.stores import open_graph
from ingest.maps import parse_map
from ingest.run import Home, ingest
from queries.answers.linked import linked
folder = Path(sys.argv[1])
graph = open_graph(str(folder / "graph"))
graph.create()
ingest([folder / "rows.csv"], parse_map((folder / "map.yml").read_text("utf-8"), "map"), graph, Home(folder / "home"))
with graph.reading() as reader:
    answer = linked(reader, "示例新公司有限公司", at="2030-01-01")
    [row] = reader.rows("MATCH (r:Record)-[:DESCRIBES]->(e:Enterprise) MATCH (p:Person)-[x:SENIOR_MANAGER_OF]->(e) RETURN r.motto AS motto, x.post AS post")
print(answer.verdicts.listed.answer, answer.verdicts.listed.findings[0].list, answer.verdicts.listed.findings[0].severe, row["motto"], row["post"])
graph.close()
"""

EARLY = """
import sys
from graph_model.stores import open_graph
with open_graph(sys.argv[1]).reading() as reader:
    reader.rows("MATCH (r:Record) RETURN r.motto AS motto")
"""


def _python(*arguments: str, copy: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=copy, env=env, check=False)


def test_what_is_added_to_the_declaration_works_everywhere(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rows.csv").write_text("名称,口号,姓名,职务,名单,列入\n示例新公司有限公司,诚信为本,示例张三,首席示例官,示例新黑名单,2026-01-01\n", "utf-8")
    (tmp_path / "map.yml").write_text(MAP, "utf-8")
    old = _python("-c", "import sys; from graph_model.stores import open_graph; open_graph(sys.argv[1]).create()", str(tmp_path / "graph"), copy=copy)
    assert old.returncode == 0, old.stderr  # a graph of the model as it was is brought up to date
    for file, was, becomes in EDITS:
        declaration = copy / "graph_model" / "model" / file
        text = declaration.read_text("utf-8")
        assert text.count(was) == 1
        declaration.write_text(text.replace(was, becomes), "utf-8")
    early = _python("-c", EARLY, str(tmp_path / "graph"), copy=copy)
    assert early.returncode and "run `xinpu init` once" in early.stderr  # asked before it is
    done = _python("-c", SCRIPT, str(tmp_path), copy=copy)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["yes", "示例新黑名单", "True", "诚信为本", "首席示例官"]
