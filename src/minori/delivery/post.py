"""One HTTPS request to an address that somebody else named: checked, bounded, and without detours."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from minori.delivery.addresses import Network, checked
from minori.delivery.message import SendError

if TYPE_CHECKING:
    import httpx

LARGEST_REQUEST = 1_000_000  # bytes
LARGEST_ANSWER = 64_000  # bytes; the rest is not read
SECONDS = 15.0  # for everything together
_TRY_AGAIN = {408, 425, 429}
_LONGEST_URL = 2_000


@dataclass(frozen=True)
class Target:
    """A checked address of the web: ``host`` is what the certificate must name."""

    host: str
    port: int
    path: str
    address: str

    @property
    def literal(self) -> str:
        """The same with the address in place of the name."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"https://{host}:{self.port}{self.path}"


def post(
    url: str, body: bytes, headers: Mapping[str, str], network: Network, *, seconds: float = SECONDS
) -> None:
    """POST a body; return if the other side answers 2xx.

    Raises
    ------
    SendError
        For good if the address is not allowed or the answer says so (3xx, most of 4xx); else to be tried again. It
        names the host alone: paths and queries of such addresses are often secrets.
    """
    if len(body) > LARGEST_REQUEST:
        raise SendError(f"the message has {len(body):,} bytes; at most {LARGEST_REQUEST:,} are sent", True)
    target = _target(url, network)
    import httpx  # takes a while, and only those who send need it

    try:
        status, wait = _answered(target, body, headers, network, seconds)
    except (httpx.HTTPError, OSError) as e:
        raise SendError(f"{target.host} did not answer ({type(e).__name__})", False) from None
    _judge(target.host, status, wait)


def _target(url: str, network: Network) -> Target:
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise SendError("the address is not a URL", True) from None
    if parts.scheme != "https" or not parts.hostname or parts.username or len(url) > _LONGEST_URL:
        raise SendError("the address must be https://host/…, without a name or a password in it", True)
    path = _path(parts)
    return Target(parts.hostname, port, path, checked(parts.hostname, port, network))


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _answered(
    target: Target, body: bytes, headers: Mapping[str, str], network: Network, seconds: float
) -> tuple[int, int | None]:
    import httpx

    ends = time.monotonic() + seconds
    host = target.host if target.port == 443 else f"{target.host}:{target.port}"
    sent = {"User-Agent": "minori", "Accept-Encoding": "identity", **headers, "Host": host}
    options = httpx.Timeout(seconds, connect=min(5.0, seconds))
    with (
        httpx.Client(
            verify=network.trust(), trust_env=False, follow_redirects=False, timeout=options
        ) as client,
        client.stream(
            "POST", target.literal, content=body, headers=sent, extensions={"sni_hostname": target.host}
        ) as answer,
    ):
        _read(answer, ends)
        return answer.status_code, _seconds(answer.headers.get("retry-after", ""))


def _read(answer: "httpx.Response", ends: float) -> None:
    """Take a little of the answer, so that the connection ends well; a slow or endless one is let go."""
    size = 0
    for part in answer.iter_raw(8_192):
        size += len(part)
        if size > LARGEST_ANSWER or time.monotonic() > ends:
            return


def _seconds(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 8 else None


def _judge(host: str, status: int, wait: int | None) -> None:
    if 200 <= status < 300:
        return
    permanent = 300 <= status < 500 and status not in _TRY_AGAIN
    raise SendError(f"{host} answered {status}", permanent, after_seconds=wait)
