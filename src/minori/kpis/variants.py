"""The named variants by which tools disagree about revenue: what each setting means, and which facts cannot tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from minori.core.text import Text
from minori.kpis.spans import metered_plans
from minori.policy.definitions import Policy

COMPARED = ("nrr", "grr", "quick_ratio", "logo_churn", "upsell_rate", "cross_sell_rate")
"""Figures that are computed side by side."""
OPTION = "option_counts_as"


@dataclass(frozen=True)
class Variant:
    """One setting counted in another way; ``remade`` if the movements themselves change with it."""

    setting: str
    value: str
    label: Text
    policy: Policy
    remade: bool = False


@dataclass(frozen=True)
class Untold:
    """A way in which tools differ that these facts cannot tell."""

    setting: str
    label: Text
    why: Text


UNTOLD = (
    Untold(
        "coupon",
        Text(ja="割引クーポンの扱い", en="Coupons"),
        Text(
            ja="この事実データからは分かりません。契約のMRRは1つの金額で、クーポンによる割引を含むかどうかの記録がありません",
            en="cannot be told from these facts: a contract has one MRR, and nothing says whether a coupon is in it",
        ),
    ),
    Untold(
        "past_due",
        Text(ja="支払い遅延の扱い", en="Past due"),
        Text(
            ja="この事実データからは分かりません。請求と入金の記録がないため、終了日のない契約は有効と数えます",
            en="cannot be told from these facts: there are no invoices or payments; a contract without an end is active",
        ),
    ),
    Untold(
        "metered_usage",
        Text(ja="従量課金分の扱い", en="Metered amounts within a contract"),
        Text(
            ja="この事実データからは分かりません。分けられるのは従量制のプランの契約だけです",
            en="cannot be told from these facts: only contracts on plans of the model `metered` can be set apart",
        ),
    ),
)

_LABELS = {
    ("newcomers", "net"): Text(
        ja="期間中に始めた顧客の追加購入は新規に含める", en="newcomers' expansions are new MRR"
    ),
    ("newcomers", "by_kind"): Text(
        ja="期間中に始めた顧客の追加購入も種類別", en="newcomers' movements by kind"
    ),
    ("same_period", "ignored"): Text(
        ja="期間中に始めてやめた顧客は数えない", en="came and left within: left out"
    ),
    ("same_period", "counted"): Text(
        ja="期間中に始めてやめた顧客も数える", en="came and left within: counted"
    ),
    ("reactivation", "apart"): Text(ja="再開はNRRに含めない", en="reactivation apart from NRR"),
    ("reactivation", "offsets_churn"): Text(ja="再開を解約と相殺する", en="reactivation offsets churn"),
    ("contraction", "counted"): Text(ja="ダウンセルをNRRに含める", en="downsell counts in NRR"),
    ("contraction", "left_out"): Text(ja="ダウンセルをNRRに含めない", en="downsell left out of NRR"),
    ("metered", "included"): Text(ja="従量制プランを含める", en="metered plans included"),
    ("metered", "excluded"): Text(ja="従量制プランを除く", en="metered plans excluded"),
    ("rate_counts", "customers"): Text(ja="率は顧客数で数える", en="rates count customers"),
    ("rate_counts", "successes"): Text(ja="率は成立件数で数える", en="rates count successes"),
    (OPTION, "cross_sell"): Text(ja="オプションはクロスセル", en="an option is a cross-sell"),
    (OPTION, "upsell"): Text(ja="オプションはアップセル", en="an option is an upsell"),
}


def variants(policy: Policy) -> Iterator[Variant]:
    """Give every setting its other value, one at a time; what could change nothing is left out."""
    current = {**policy.revenue.model_dump(), OPTION: policy.catalog.option_counts_as}
    for (setting, value), label in _LABELS.items():
        if current[setting] == value or (setting == "metered" and not metered_plans(policy)):
            continue
        yield Variant(setting, value, label, _with(policy, setting, value), setting in ("metered", OPTION))


def _with(policy: Policy, setting: str, value: str) -> Policy:
    if setting == OPTION:
        return policy.model_copy(update={"catalog": policy.catalog.model_copy(update={OPTION: value})})
    return policy.model_copy(update={"revenue": policy.revenue.model_copy(update={setting: value})})
