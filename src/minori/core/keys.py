"""Stable 64-bit keys: the first 8 bytes of SHA-256 of a text, signed, the same on every engine."""

import hashlib

SEPARATOR = "\x1f"  # cannot stand in an id that came through a file: control signs are refused at intake


def key64(*parts: str) -> int:
    """Return the signed 64-bit key of the parts, joined by a sign that no id holds."""
    digest = hashlib.sha256(SEPARATOR.join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def share64(*parts: str) -> float:
    """Return a number in [0, 1) drawn by the key of the parts: a stable lot."""
    return (key64(*parts) + 2**63) / 2**64


def short_id(*parts: str) -> str:
    """Return 16 hexadecimal digits that name the parts: an id for people and for claims."""
    return f"{key64(*parts) & (2**64 - 1):016x}"
