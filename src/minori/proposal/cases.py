"""Released cases of the library: authored proof, shown only with permission and until its date."""

from collections.abc import Iterable
from datetime import date

from minori.core.text import Text
from minori.policy.catalog import Catalog

_RELEASED = Text(ja="【公開事例】{label}: {result}", en="Released case - {label}: {result}")


def nearest_case(
    catalog: Catalog, as_of: date, industry: str | None, issues: Iterable[str], plan: str | None
) -> tuple[str, Text] | None:
    """Return the released case nearest to the customer: by issue or industry, then by plan, then by id.

    Only cases with permission whose date has not passed; None if none shares the issue or the industry.
    """
    wanted, best = set(issues), []
    for name, case in catalog.cases.items():
        if not case.permission or (case.until is not None and case.until < as_of):
            continue
        same_issue = case.issue is not None and case.issue in wanted
        same_industry = bool(industry and case.industry) and _plain(industry) == _plain(case.industry)
        if same_issue or same_industry:
            best.append((-2 * (same_issue + same_industry) - (plan is not None and case.plan == plan), name))
    if not best:
        return None
    name = min(best)[1]
    case = catalog.cases[name]
    return name, Text(
        ja=_RELEASED.fill({"label": case.label.ja, "result": case.result.ja}).ja,
        en=_RELEASED.fill({"label": case.label.en, "result": case.result.en}).en,
    )


def _plain(word: str | None) -> str:
    return (word or "").strip().casefold()
