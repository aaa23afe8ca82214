"""Which actions a customer's users take, by what the customer needs: needs show, but not clearly."""

import numpy as np

from minori.sample.company.catalogue import (
    ANALYTICS_OPTION,
    CONNECTOR_OPTION,
    PREMIUM,
    SECURITY_PACK,
    has_feature,
)
from minori.sample.company.life import Life
from minori.sample.company.world import (
    ANALYTICS,
    CONNECTOR,
    DESK,
    DOWNSELL,
    HELP,
    PAID,
    RESCUE,
    SEATS,
    SECURITY,
    STORAGE,
)
from minori.sample.draws import Floats, generator

_SHARES = {
    "dashboard_viewed": 0.18,
    "report_created": 0.12,
    "csv_download": 0.20,
    "file_upload": 0.10,
    "data_import": 0.11,
    "shared_with_colleague": 0.15,
    "invite_sent": 0.022,
    "locked_feature_tried": 0.014,
    "integration_connected": 0.004,
    "sso_settings_viewed": 0.006,
    "audit_log_viewed": 0.007,
    "price_page_viewed": 0.008,
    "quote_requested": 0.0004,
    "cancel_page_viewed": 0.0006,
    "training_attended": 0.004,
}
ACTIONS = tuple(_SHARES)
# How many times as often an action is taken at full need.
_MORE = {
    ("csv_download", ANALYTICS): 2.5,
    ("report_created", ANALYTICS): 0.6,
    ("dashboard_viewed", ANALYTICS): 0.5,
    ("data_import", CONNECTOR): 3.0,
    ("integration_connected", CONNECTOR): 2.0,
    ("file_upload", STORAGE): 0.6,
    ("sso_settings_viewed", SECURITY): 9.0,
    ("audit_log_viewed", SECURITY): 9.0,
    ("shared_with_colleague", DESK): 2.0,
    ("shared_with_colleague", SEATS): 0.6,
    ("invite_sent", SEATS): 2.5,
    ("training_attended", HELP): 2.0,
    ("cancel_page_viewed", RESCUE): 14.0,
    ("cancel_page_viewed", DOWNSELL): 8.0,
}
_UNTIDY = 0.35  # how far customers differ in habit, whatever they need


def action_shares(life: Life) -> Floats:
    """Return the share of each action, [week, customer, action], each row adding up to 1."""
    need, telling = life.weeks.need, life.world.telling
    shares = np.tile(np.array(list(_SHARES.values())), (*need.shape[:2], 1)) * _habits(life)
    for (action, family), more in _MORE.items():
        shares[:, :, ACTIONS.index(action)] *= 1 + telling * more * need[:, :, family]
    features = has_feature(life.weeks.plan, life.weeks.options)
    locked = np.zeros(need.shape[:2])
    for family, option in (
        (ANALYTICS, ANALYTICS_OPTION),
        (CONNECTOR, CONNECTOR_OPTION),
        (SECURITY, SECURITY_PACK),
    ):
        locked = np.maximum(locked, np.where(features[:, :, option], 0.0, need[:, :, family]))
    shares[:, :, ACTIONS.index("locked_feature_tried")] *= 1 + telling * 7 * locked
    shares[:, :, ACTIONS.index("locked_feature_tried")] *= life.weeks.plan < PREMIUM
    shares[:, :, ACTIONS.index("dashboard_viewed")] *= 1 + 0.8 * features[:, :, ANALYTICS_OPTION]
    shares[:, :, ACTIONS.index("csv_download")] *= 1 - 0.5 * features[:, :, ANALYTICS_OPTION]
    shares[:, :, ACTIONS.index("data_import")] *= 1 - 0.7 * features[:, :, CONNECTOR_OPTION]
    wish = need[:, :, PAID].max(axis=2) * life.traits.readiness
    shares[:, :, ACTIONS.index("price_page_viewed")] *= 1 + telling * 5 * wish
    shares[:, :, ACTIONS.index("quote_requested")] *= 1 + telling * 12 * wish
    return np.asarray(shares / shares.sum(axis=2, keepdims=True))


def _habits(life: Life) -> Floats:
    """Return each customer's own leaning to some actions."""
    rng = generator(life.seed, "company", "habits")
    return rng.lognormal(0.0, _UNTIDY, (1, life.traits.count, len(ACTIONS)))
