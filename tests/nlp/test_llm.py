"""The language model as a proposer, against a stub of its endpoint: what does not stand in the text never enters."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from nlp.extraction import Entity, Extraction
from nlp.llm import PART, Endpoint, LlmError, propose

pytest.importorskip("openai")
TEXT = "示例市应急管理局于2024年3月5日对示例甲建设\n有限公司作出罚款5万元的处罚。示例乙未被处罚。"
FIRM = Entity("e1", "Enterprise", "示例甲建设\n有限公司", ((TEXT.index("示例甲"), TEXT.index("作出")),))


class Stub(HTTPServer):
    """An endpoint that answers what it is told to, and keeps what it was asked."""

    reply: Any = None
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Any] = []

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_port}/v1", "stub-model", seconds=20)

    def says(self, *facts: Any) -> None:
        self.reply = json.dumps({"facts": list(facts)}, ensure_ascii=False)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Stub)
        server.asked.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": server.reply}}
        body = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "stub-model", "choices": [choice]}).encode()
        self.send_response(server.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _fact(**more: Any) -> dict[str, Any]:
    values = {"date": "2024年3月5日", "fine_amount": "5万元", "decision_no": "示应急罚〔2024〕1号"}
    plain = {
        "type": "Penalty", "status": "asserted", "subject": "示例甲建设有限公司", "subject_type": "Enterprise", "object": "示例市应急管理局",
        "object_type": "Authority", "evidence": "对示例甲建设有限公司作出罚款5万元的处罚", "values": values,
    }  # fmt: skip
    return {**plain, **more}


def test_a_proposal_is_anchored_and_its_values_are_clean(stub: Stub) -> None:
    stub.says(_fact())

    found = propose(Extraction(TEXT, (FIRM,), ()), stub.endpoint)

    [fact] = found.facts
    assert (fact.type, fact.subject, fact.rule, fact.confidence) == ("Penalty", "e1", "llm:stub-model", None)
    assert TEXT[slice(*fact.evidence)] == "对示例甲建设\n有限公司作出罚款5万元的处罚"
    assert fact.attrs == {"date": "2024-03-05", "fine_amount": 50000.0}  # the number stands nowhere in the text
    assert found.entity(str(fact.object)).name == "示例市应急管理局"
    [(path, asked)] = stub.asked
    assert path == "/v1/chat/completions" and asked["response_format"]["json_schema"]["strict"] is True
    assert asked["messages"][-1] == {"role": "user", "content": TEXT} and asked["temperature"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"evidence": "对示例丙公司罚款"}, {"evidence": ""}, {"evidence": None}, {"subject": "示例丙公司"}, {"object": "示例省应急管理厅"},
        {"type": "Rumour"}, {"status": "maybe"}, {"subject": "示例乙", "subject_type": "Planet"},
    ],
)  # fmt: skip
def test_what_does_not_stand_in_the_text_is_dropped(stub: Stub, wrong: Any) -> None:
    stub.says(_fact(**wrong), "no object")

    assert propose(Extraction(TEXT, (FIRM,), ()), stub.endpoint).facts == ()


def test_what_is_known_is_not_said_twice(stub: Stub) -> None:
    stub.says(_fact())
    known = propose(Extraction(TEXT, (FIRM,), ()), stub.endpoint)

    assert len(propose(known, stub.endpoint).facts) == 1


def test_a_new_name_is_taken_as_it_stands(stub: Stub) -> None:
    stub.says(_fact(subject="示例乙", object=None, status="negated", evidence="示例乙未被处罚", values={}))

    found = propose(Extraction(TEXT, (FIRM,), ()), stub.endpoint)

    assert found.entity(found.facts[0].subject).mentions == ((TEXT.index("示例乙"), TEXT.index("示例乙") + 3),)


def test_a_long_text_is_asked_about_in_parts(stub: Stub) -> None:
    stub.says(_fact())

    found = propose(Extraction("　" * PART + TEXT, (), ()), stub.endpoint)

    assert len(stub.asked) == 2 and [f.evidence[0] > PART for f in found.facts] == [True]


@pytest.mark.parametrize("reply", ["no json", "[]", '{"facts": 1}', None])
def test_an_answer_that_is_no_list_of_facts(stub: Stub, reply: Any) -> None:
    stub.reply = reply

    with pytest.raises(LlmError):
        propose(Extraction(TEXT, (), ()), stub.endpoint)


def test_an_endpoint_that_refuses_or_is_not_there(stub: Stub) -> None:
    stub.says()
    stub.status = 400
    with pytest.raises(LlmError, match="127"):
        propose(Extraction(TEXT, (), ()), stub.endpoint)
    with pytest.raises(LlmError):
        propose(Extraction(TEXT, (), ()), Endpoint("http://127.0.0.1:9/v1", "x", seconds=2))
