"""Reports: what a run did, and what is in the graph."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from api.render.tables import heading, indented, pairs, table
from api.words import both
from graph_model.model import MODEL

Data = Mapping[str, Any]
_ROWS = {"read": "读入 read", "loaded": "载入 loaded", "unchanged": "未变 unchanged", "quarantined": "隔离 quarantined"}
_CHANGES = {"new": "新增", "unchanged": "未变", "closed": "关闭", "unknown_since": "去向不明", "duplicates": "重复"}


def ingest_parts(data: Data) -> Iterator[RenderableType]:
    """The run report: rows that add up, then claims by kind."""
    state = "试运行，未载入 dry run, nothing loaded" if data["dry_run"] else f"第 {data['run']} 次载入 run" if data["run"] is not None else "没有变化 nothing changed"
    yield Text.assemble((state, "bold"), f"  {data['source']}  映射 map {data['map']}  截至 as of {data['as_of']}  {data['seconds']:g} s")
    if data["note"]:
        yield Text(data["note"])
    yield indented(table(["文件 file", "工作表 sheet", "编码 encoding", "行 rows"], ([f["file"], f["sheet"], f["encoding"], f["rows"]] for f in data["files"]))) if data["files"] else Text("")
    yield indented(pairs((word, data["rows"].get(name, 0)) for name, word in _ROWS.items()))
    yield from _claims(data)
    if data["quarantined"]:
        yield heading("隔离原因", "Quarantined, by reason")
        yield indented(pairs(data["quarantined"].items()))
        yield indented(Text("xinpu quarantine list", style="dim"))


def _claims(data: Data) -> Iterator[RenderableType]:
    kinds = [*data["claims"], *(["same_as"] if data["same_as"] else [])]
    names = sorted({name for kind in data["claims"].values() for name in kind})
    if not names and not data["nodes"]:
        return
    yield heading("说法与节点", "Claims and nodes")
    rows = [[_term(name), *(data["claims"].get(kind, {}).get(name) for kind in _CHANGES)] for name in names]
    rows += [[_term(name), count, *[None] * (len(_CHANGES) - 1)] for name, count in data["nodes"].items()]
    yield indented(table(["种类 kind", *(f"{word} {kind.replace('_', ' ')}" for kind, word in _CHANGES.items())], rows))
    if "same_as" in kinds:
        yield indented(pairs([("同一认定 same as", data["same_as"])]))


def _term(name: str) -> str:
    known = MODEL.node.get(name) or MODEL.rel.get(name)
    return f"{known.term} {name}" if known else name


def info_parts(data: Data) -> Iterator[RenderableType]:
    """What is in the graph, without what is empty."""
    store, clocks = data["store"], data["clocks"]
    size = store["detail"].get("bytes")
    yield Text.assemble((f"{store['store']} {store['version']}", "bold"), f"  {store['url']}" + (f"  {size / 1e6:,.1f} MB" if size else ""))
    yield Text(f"第 {clocks['known_run']} 次载入 run，发布于 published {clocks['known_at']}；共 {data['runs_total']} 次 in all")
    yield heading("来源", "Sources")
    yield indented(table(["编号 id", "名称 name", "发布者 authority", "等级 rank", "截至 as of", "次数 runs"], ([s["id"], s["name"], s["authority"], s["rank"], s["as_of"], s["runs"]] for s in data["sources"])))
    loaded = [entry for entry in data["lists"] if entry["listings"]]
    yield heading("名单", "Lists")
    yield indented(table(["名单 list", "类别 polarity", "条数 listings", "来源 sources"], ([e["list"], both("polarity", e["polarity"]), e["listings"], e["sources"]] for e in loaded)))
    missing = "、".join(entry["list"] for entry in data["lists"] if not entry["listings"])
    yield indented(Text(f"没有数据 no data: {missing}", style="dim"))
    yield from _counts("节点", "Nodes", data["nodes"])
    yield from _counts("关系", "Relations", data["relations"])
    yield heading("最近载入", "Last runs")
    yield indented(table(["次 run", "发布 published", "来源 source", "截至 as of", "完整 complete"], ([str(r["seq"]), r["published"], r["source"], r["as_of"], r["complete"]] for r in data["runs"])))


def _counts(zh: str, en: str, counts: Any) -> Iterator[RenderableType]:
    yield heading(zh, en)
    yield indented(pairs((f"{c['term']} {c['name']}", c["count"]) for c in counts if c["count"]))
