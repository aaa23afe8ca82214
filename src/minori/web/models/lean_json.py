"""JSON as the app's tables keep it: without blanks, and Japanese as itself; large rows are half the size so."""

import json
from typing import Any


class LeanJson(json.JSONEncoder):
    """The encoder of the large columns."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "ensure_ascii": False, "separators": (",", ":")})
