"""Customer columns that conditions may read beside the metrics, with their type."""

CUSTOMER_COLUMNS: dict[str, str] = {
    "mrr": "number",
    "seats": "number",
    "plan": "text",
    "products": "number",
    "plans_above": "number",
    "on_trial": "flag",
    "term_months": "number",
    "tenure_days": "number",
    "started_on": "date",
    "renews_on": "date",
    "trial_ends_on": "date",
    "segment": "text",
    "stage": "text",
    "growth_stage": "text",
    "touch": "text",
    "outgrew_plan": "flag",
    "band": "text",
    "health": "number",
    "health_change": "number",
}
FROM_STATE = (
    "mrr",
    "seats",
    "plan",
    "products",
    "plans_above",
    "on_trial",
    "term_months",
    "renews_on",
    "trial_ends_on",
)
FROM_POINT = ("tenure_days", "started_on")
FROM_STANDING = ("segment", "stage", "growth_stage", "touch", "outgrew_plan")
FROM_HEALTH = ("band", "health")
FROM_TREND = ("health_change",)

PREPARED = ("limit__", "holds__", "has__", "upper__")
"""Beginnings of columns of ``state`` that stand for functions of the catalogue."""
