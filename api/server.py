"""`xinpu serve`: page and API on one address until the process is told to stop."""

import signal
import socket
import threading
from typing import Any

import uvicorn

from api.app import create_app
from api.context import Context
from graph_model.errors import StoreUnavailable

GRACE = 5  # seconds that running questions get when the server stops


def serve_until_stopped(context: Context, *, host: str | None, port: int | None) -> dict[str, Any]:
    """Listen, say where, and come back on SIGTERM or Ctrl-C."""
    name = context.settings.checked_host(host)
    listener = _listen(name, context.settings.port if port is None else port)
    address = f"http://{f'[{name}]' if ':' in name else name}:{listener.getsockname()[1]}/"
    app = create_app(context.settings, context.graph)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=GRACE, server_header=False))
    _end_quietly()
    context.say(f"信谱 Xinpu: {address}  (Ctrl-C ends it)")
    server.run(sockets=[listener])
    return {"stopped": address}


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # before the address is told, so that whoever reads it can connect at once
    except OSError as error:
        listener.close()
        raise StoreUnavailable(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
    return listener


def _end_quietly() -> None:
    """uvicorn stops on these signals and then raises them once more; that second time must not end us with an error."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
