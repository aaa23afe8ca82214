"""What the inner rooms ask of the outer ones; given to them, never imported by them."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present instant in UTC; only the edge has one."""

Progress = Callable[[str, float], None]
"""Told what is being done and the share done, 0 to 1."""
