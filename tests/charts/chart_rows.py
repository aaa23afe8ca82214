"""One set of rows for each chart, and how it is drawn: the cast of these tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from minori.charts.calibration import calibration
from minori.charts.cohorts import cohorts
from minori.charts.health import health
from minori.charts.lifetime_split import lifetime_split
from minori.charts.lift import lift
from minori.charts.look import Look
from minori.charts.nrr import nrr
from minori.charts.pushiness import pushiness
from minori.charts.reliability import reliability
from minori.charts.sequential import sequential
from minori.charts.sparkline import sparkline
from minori.charts.survival import survival
from minori.charts.waterfall import waterfall
from minori.core.text import Text

NOTE = Text(ja="2026年3月、顧客 231社", en="March 2026, 231 customers")


@dataclass(frozen=True)
class Case:
    """A chart, rows for it, what else it is told, and numbers that must be readable in the picture."""

    draw: Callable[..., Any]
    rows: list[dict[str, Any]]
    told: Mapping[str, Any]
    ja: tuple[str, ...]
    en: tuple[str, ...]

    def drawn(self, look: Look, **changed: Any) -> Any:
        return self.draw(changed.pop("rows", self.rows), look, **{**self.told, **changed})


def _month(number: int) -> date:
    return date(2025 + number // 12, number % 12 + 1, 1)


_MOVED = {
    "opening": 5_704_495,
    "new": 124_819,
    "upsell": 135_831,
    "cross_sell": 82_194,
    "downsell": -21_000,
    "churn": -104_775,
    "reactivation": 12_000,
    "currency": -3_000,
    "closing": 5_930_564,
}
_NRR = [
    {"period": f"2025-{n:02}", "figure": f, "value": None if n == 4 else v + n * 0.011, "sample": 150 + n}
    for n in range(1, 13)
    for f, v in (("nrr", 0.985), ("grr", 0.83))
]
_COHORTS = [
    {"start": _month(n), "months": m, "share": 1.04 * 0.96**m if m else 1.0, "started": 20 + n}
    for n in range(12)
    for m in range(13 - n)
]
_BANDS = [
    {"band": b, "observed": o, "low": lo, "high": hi, "predicted": p, "customers": n, "lost": x}
    for b, o, lo, hi, p, n, x in (
        ("thriving", 0.011, 0.004, 0.026, 0.015, 271, 3),
        ("healthy", 0.034, 0.021, 0.052, 0.03, 412, 14),
        ("watch", 0.112, 0.078, 0.155, 0.09, 170, 19),
        ("act", 0.263, 0.188, 0.351, 0.3, 80, 21),
    )
]
_TENTHS = [
    {"predicted": p, "observed": o, "low": max(0.0, o - w), "high": o + w, "sample": 120 + n, "events": 9}
    for n, (p, o, w) in enumerate(
        ((0.03, 0.02, 0.02), (0.05, 0.07, 0.04), (0.08, 0.07, 0.05), (0.12, 0.15, 0.06), (0.21, 0.19, 0.07))
    )
]
_LIFT = [
    {"value": v, "lift": x, "low": lo, "high": hi, "fires": n, "current": v == 0.8}
    for v, x, lo, hi, n in (
        (0.5, 1.1, 0.9, 1.35, 1240),
        (0.6, 1.3, 1.0, 1.6, 860),
        (0.7, 1.7, 1.25, 2.2, 512),
        (0.8, 2.4, 1.7, 3.3, 233),
        (0.9, 3.1, 1.6, 5.4, 61),
        (0.97, None, None, None, 4),
    )
]
_SURVIVAL = [
    {
        "months": m,
        "share": 0.97**m,
        "low": 0.97**m - 0.004 * m,
        "high": 0.97**m + 0.003 * m,
        "sample": 400 - 13 * m,
    }
    for m in range(25)
]
_FIT = [{"months": m, "share": 0.972**m, "low": None, "high": None} for m in range(37)]
_PATH = [
    {"accounts": n, "benefit": 1.04**n if n < 95 else 1.04**95 * 0.98 ** (n - 95), "harm": 0.97**n}
    for n in range(1, 131)
]
_PUSHED = [
    {
        "month": _month(n),
        "value": None if n == 2 else v,
        "low": None if n == 2 else v - 3,
        "high": None if n == 2 else v + 4,
        "sample": 40 + n,
    }
    for n, v in enumerate((2.5, 6.0, 0.0, 8.0, 7.2, 11.0))
]
_HEALTH = [
    {"from": s, "until": s + 5, "band": b, "customers": n}
    for s, n in zip(
        range(0, 100, 5), (1, 0, 2, 3, 6, 8, 7, 9, 14, 12, 18, 21, 25, 22, 30, 28, 17, 12, 6, 2), strict=True
    )
    for b in ("act" if s < 30 else "watch" if s < 50 else "healthy" if s < 75 else "thriving",)
]
_METRIC = [
    {"day": date(2026, 1 + n // 4, 1 + 7 * (n % 4)), "value": None if n in (5, 6) else 0.5 + 0.03 * n}
    for n in range(16)
]
_SPLIT = {"before": "41200", "price": "1850", "frequency": "-620", "duration": "3320.5", "after": "45750.5"}

CASES: dict[str, Case] = {
    "waterfall": Case(
        waterfall,
        [{"step": s, "amount": Decimal(a)} for s, a in _MOVED.items()],
        {"currency": "JPY", "notes": (NOTE,)},
        ("570万円", "+13.6万円", "−10.5万円", "解約", "2026年3月、顧客 231社"),
        ("¥5.70M", "+¥136k", "−¥105k", "Churn", "March 2026, 231 customers"),
    ),
    "nrr": Case(
        nrr,
        _NRR,
        {"notes": (NOTE,)},
        ("111.7%", "96.2%", "162", "120％ 非常に高い水準"),
        ("111.7%", "96.2%", "162", "120 % excellent"),
    ),
    "cohorts": Case(
        cohorts,
        _COHORTS,
        {"of": "revenue", "notes": (NOTE,)},
        ("2025年1月 (20)", "100%", "64%"),
        ("Jan 2025 (20)", "100%", "64%"),
    ),
    "calibration": Case(
        calibration,
        _BANDS,
        {"notes": (NOTE,)},
        ("対応が必要 (80)", "26.3%", "11.2%"),
        ("act (80)", "26.3%", "11.2%"),
    ),
    "reliability": Case(
        reliability,
        _TENTHS,
        {"notes": (NOTE,)},
        ("120", "124", "予測した確率(平均)"),
        ("120", "124", "Observed share"),
    ),
    "lift": Case(
        lift,
        _LIFT,
        {"what": "seat_use >=", "notes": (NOTE,)},
        ("現在 0.8", "1,240", "233"),
        ("now 0.8", "1,240", "233"),
    ),
    "survival": Case(
        survival, _SURVIVAL, {"fit": _FIT, "notes": (NOTE,)}, ("400", "モデル(sBG)"), ("400", "model (sBG)")
    ),
    "sequential": Case(
        sequential,
        _PATH,
        {"proven_at": 20.0, "harmful_at": 10.0, "notes": (NOTE,)},
        ("20以上: 効果が証明された", "20.5", "0.0191"),
        ("20 or more: proven", "20.5", "0.0191"),
    ),
    "pushiness": Case(
        pushiness,
        _PUSHED,
        {"limit": 15.0, "notes": (NOTE,)},
        ("上限 15", "45", "2025年"),
        ("limit 15", "45", "Jan"),
    ),
    "health": Case(
        health,
        _HEALTH,
        {
            "customers": {"thriving": 65, "healthy": 116, "watch": 42, "act": 20, "unknown": 7},
            "notes": (NOTE,),
        },
        ("概ね健全 116", "不明 7"),
        ("healthy 116", "unknown 7"),
    ),
    "lifetime_split": Case(
        lifetime_split,
        [{"part": p, "amount": Decimal(a)} for p, a in _SPLIT.items()],
        {"currency": "JPY", "notes": (NOTE,)},
        ("4.12万円", "−620円", "継続期間"),
        ("¥41.2k", "−¥620", "Duration"),
    ),
    "sparkline": Case(
        sparkline,
        _METRIC,
        {"label": Text(ja="席の利用率", en="Seat use"), "threshold": 0.8},
        ("0.95",),
        ("0.95",),
    ),
}
