"""Who asks over HTTP: the name of the key, or the loopback user where no keys are set."""

from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.settings import LOOPBACK, Settings
from graph_model.errors import XinpuError

BEARER = HTTPBearer(auto_error=False, description="A key of XINPU_API_KEYS; not needed where none is set.")
LOCAL = "http:loopback"


class KeyNeeded(XinpuError):
    """No key, or one that is not known."""

    status = 401


class NotAllowed(XinpuError):
    """The request comes from another site or asks for another host."""

    status = 403


def who_asks(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]) -> str:
    """The caller as the log shows him. Raises `KeyNeeded`."""
    settings: Settings = request.app.state.settings
    if not settings.api_keys:
        return LOCAL
    key = given.credentials if given else ""
    # Every key is compared, so that the time taken says nothing about which one was nearly right.
    found = [name for name, known in settings.api_keys if compare_digest(known.encode(), key.encode())]
    if not found:
        raise KeyNeeded("this address needs a key: send `Authorization: Bearer KEY`")
    return f"key:{found[0]}"


def check_origin(settings: Settings, host: str, site: str) -> None:
    """Refuse what another web site sends, and without keys any host name but loopback (DNS rebinding)."""
    if site == "cross-site":
        raise NotAllowed("questions from another web site are not answered")
    name = host.rpartition("]")[0].lstrip("[") or host.partition(":")[0]
    if not settings.api_keys and name not in LOOPBACK:
        raise NotAllowed(f"this address answers to {', '.join(LOOPBACK)} only, not to {name!r}")
