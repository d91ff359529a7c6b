"""Where facts come from: documents, sources, runs."""

from graph_model.schema import NodeType
from graph_model.schema import Property as P

DOCUMENT = NodeType(
    "Document", "文件", "support",
    "A file as we read it; its id is the sha-256 of its bytes, with #sheet where it has several.",
    "name",
    (
        P("name", "text", "File name."),
        P("sha256", "identifier", "sha-256 of the bytes."),
        P("kind", "text", "csv, excel, json, jsonl, parquet or text."),
        P("encoding", "text", "Encoding it was read in."),
        P("rows", "integer", "Rows read."),
        P("source", "identifier", "The Source it is an edition of."),
        P("as_of", "date", "Day its content is stated for."),
    ),
)  # fmt: skip

SOURCE = NodeType(
    "Source", "来源", "support",
    "Who publishes: a register, a list, a newspaper.",
    "name",
    (
        P("name", "name", "Name of the source."),
        P("authority", "name", "Who publishes it."),
        P("kind", "text", "信用中国, 国家企业信用信息公示系统, 地方信用平台, 执行信息公开网, 第三方网站 …, where it matters which prevails."),
        P("rank", "integer", "1 official register, 2 official list or decision, 3 other official, 4 third party, 5 our own inference."),
        P("licence", "text", "Licence of its data."),
        P("url", "text", "Where it is published."),
    ),
)  # fmt: skip

RUN = NodeType(
    "Run", "载入", "support",
    "One load: its claims become visible together at the moment it is published.",
    "id",
    (
        P("seq", "integer", "Number of the run: the known clock.", indexed=True),
        P("started", "text", "UTC instant at which it started."),
        P("published", "text", "UTC instant at which it was published; empty: it never was."),
        P("source", "identifier", "The Source it loaded."),
        P("document", "identifier", "The Documents it read, separated by a space."),
        P("map", "text", "The map it used, with its hash."),
        P("as_of", "date", "Day the edition is stated for."),
        P("complete", "boolean", "Whether the edition is complete, so that a missing fact means something."),
        P("counts", "text", "The run report as JSON."),
        P("lists", "text", "Lists of which the run loaded a complete edition, even where nobody stands on one, separated by 、."),
        P("uid", "identifier", "What ties the rows it put into quarantine to it."),
    ),
)  # fmt: skip
