"""The forty metrics that every plan computes, as minori's definitions.

Seven sums and such and two counts of different things over each of four windows, and four without a window.
"""

from datetime import date

WINDOWS = (7, 14, 28, 90)  # days, the as-of day included
DAYS = 400  # days of events
UNTIL = date(2026, 3, 31)  # the newest day, and the as-of day

IN_EVERY_WINDOW: dict[str, dict[str, str]] = {
    "events": {"count": "events"},
    "logins": {"count": "events where name = 'login'"},
    "downloads": {"count": "events where name = 'csv_download'"},
    "quantity": {"sum": "quantity of events"},
    "calls": {"sum": "quantity of events where name = 'api_call'"},
    "largest": {"max": "quantity of events"},
    "invited_on": {"latest": "events where name = 'invite_sent'"},
    "users": {"distinct": "user_id of events"},
}
IN_ONE_WINDOW: dict[int, dict[str, dict[str, str]]] = {
    7: {"names": {"distinct": "name of events"}},
    14: {"days": {"days": "events"}},
    28: {"names": {"distinct": "name of events"}},
    90: {"days": {"days": "events"}},
}
EVER: dict[str, dict[str, str]] = {
    "downloaded": {"last": "quantity of events where name = 'csv_download'"},
    "connected": {"last": "quantity of events where name = 'integration_connected'"},
    "login_on": {"latest": "events where name = 'login'"},
    "invite_on": {"latest": "events where name = 'invite_sent'"},
}


def definitions() -> dict[str, dict[str, object]]:
    """Return every metric as it stands in ``metrics.yaml``."""
    found: dict[str, dict[str, object]] = {}
    for window in WINDOWS:
        for name, kind in {**IN_EVERY_WINDOW, **IN_ONE_WINDOW[window]}.items():
            found[f"{name}_{window}"] = {**kind, "window": f"{window} days"}
    found |= {name: dict(kind) for name, kind in EVER.items()}
    return {name: {**kind, "label": {"ja": name, "en": name}} for name, kind in found.items()}


METRICS = tuple(definitions())
DATES = tuple(name for name in METRICS if "_on" in name)
ZERO_IF_NONE = tuple(
    name for name in METRICS if name not in DATES and not name.startswith("largest") and name not in EVER
)
