"""What stands around every request: body size, origin, and the headers of every response."""

import json

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import check_origin
from api.settings import Settings
from graph_model.errors import UsageError, XinpuError

# Everything from here, nothing inline; the page builds its view from text only.
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


DOCUMENTS = "/v1/extract"  # where whole documents are handed in


class TooLarge(UsageError):
    """The request body is larger than the settings allow."""

    status = 413


def error_body(error: XinpuError) -> dict[str, str]:
    """An error as programs read it."""
    name = type(error).__name__
    code = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    return {"code": code, "message": str(error)}


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send, private=scope["path"].startswith("/v1/"))
        try:
            check_origin(self.settings, headers.get("host", ""), headers.get("sec-fetch-site", ""))
            body = await self._body(receive, headers.get("content-length", "0"), document=scope["path"] == DOCUMENTS)
        except XinpuError as error:
            await _refuse(send, error)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _body(self, receive: Receive, length: str, *, document: bool) -> bytes:
        most, setting = (self.settings.max_upload, "XINPU_MAX_UPLOAD") if document else (self.settings.max_body, "XINPU_MAX_BODY")
        if length.isdecimal() and int(length) > most:
            raise TooLarge(f"the body has {length} bytes, at most {most} are taken ({setting} sets it)")
        parts: list[bytes] = []
        taken = 0
        while True:
            message = await receive()
            parts.append(message.get("body", b""))
            taken += len(parts[-1])
            if taken > most:
                raise TooLarge(f"the body has more than {most} bytes ({setting} sets it)")
            if not message.get("more_body"):
                return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return pending.pop() if pending else await receive()

    return next_message


def _with_headers(send: Send, *, private: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers["cache-control"] = "no-store" if private else "no-cache"
        await send(message)

    return sending


async def _refuse(send: Send, error: XinpuError) -> None:
    body = json.dumps(error_body(error), ensure_ascii=False).encode()
    start = {"type": "http.response.start", "status": error.status, "headers": [(b"content-type", b"application/json")]}
    await send(start)
    await send({"type": "http.response.body", "body": body})
