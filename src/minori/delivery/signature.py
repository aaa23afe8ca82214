"""Signatures of webhooks after Standard Webhooks: who gets one can tell that it is ours, whole, and not an old one.

The header ``webhook-signature`` holds ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

from minori.delivery.message import SendError

PREFIX = "whsec_"
SHORTEST_KEY = 24  # bytes, as the standard asks


def headers(secret: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers; raises SendError for good if the secret is not one.

    ``message_id`` stays the same when a message is sent again; ``at`` is the instant of this try.
    """
    stamp = str(int(at.timestamp()))
    signed = b".".join((message_id.encode(), stamp.encode(), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < SHORTEST_KEY:
        raise SendError(
            f"the webhook's secret must be {PREFIX} and the base64 of at least {SHORTEST_KEY} random bytes",
            True,
        )
    return key
