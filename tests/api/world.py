"""A small invented graph on disk, loaded from a file and from facts, and a real server over it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from api.app import create_app
from api.settings import Settings
from graph_model.stores import open_graph
from ingest.maps import load_map
from ingest.run import Home, ingest
from tests.factory import Facts

USCC = "91360102XP000001X6"
FIRM = f"cn-uscc-{USCC}"
FIRM_NAME, OTHER_NAME = "示例甲建设有限公司", "示例乙投资有限公司"
PERSON = "示例李四"
DAY = "2026-01-01"
PURPOSE = "测试"
ROWS = f"""企业名称,统一社会信用代码,法定代表人,任职日期,住所
{FIRM_NAME},{USCC},{PERSON},2022-01-01,<b>示例路1号</b>
{OTHER_NAME},91360102XP00000286,示例赵六,2015-09-21,示例路2号
"""


def build(home: Path) -> Settings:
    """The graph: two firms from a file, one of them listed."""
    settings = Settings(home=home)
    graph = open_graph(settings.graph_url)
    graph.create()
    file = home / "firms.csv"
    file.write_text(ROWS, encoding="utf-8")
    ingest([file], load_map("company-register"), graph, Home(home))
    facts = Facts()
    facts.enterprise(FIRM_NAME, USCC, record=False)
    facts.listing(FIRM, "失信被执行人", "2021-03-15", number="（2020）示0100执1234号")
    facts.publish(graph)
    graph.close()
    return settings


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and a client of it."""

    url: str
    client: httpx.Client
    settings: Settings


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """Serve on a free loopback port until the block ends."""
    app = create_app(settings, open_graph(settings.graph_url))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, timeout=30) as client:
            yield Served(url, client, settings)
    finally:
        server.should_exit = True
        thread.join()
