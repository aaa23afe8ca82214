"""What minori's own codes are called wherever people read them."""

from minori.core.text import Text

BANDS = {
    "thriving": Text(ja="極めて良好", en="thriving"),
    "healthy": Text(ja="概ね健全", en="healthy"),
    "watch": Text(ja="注意が必要", en="watch"),
    "act": Text(ja="対応が必要", en="act"),
    "unknown": Text(ja="不明", en="unknown"),
}
"""Bands of the health score; a customer without a score is unknown."""

MOVEMENTS = {
    "opening": Text(ja="期首", en="Opening"),
    "new": Text(ja="新規", en="New"),
    "upsell": Text(ja="アップセル", en="Upsell"),
    "cross_sell": Text(ja="クロスセル", en="Cross-sell"),
    "downsell": Text(ja="ダウンセル", en="Downsell"),
    "churn": Text(ja="解約", en="Churn"),
    "reactivation": Text(ja="再開", en="Reactivation"),
    "currency": Text(ja="為替", en="Currency"),
    "unknown": Text(ja="金額不明", en="Unknown"),
    "closing": Text(ja="期末", en="Closing"),
}
"""Movements of MRR, from opening to closing, in the order in which they stand."""

OUTCOMES = {
    "expanded": Text(ja="拡大", en="expanded"),
    "churned": Text(ja="解約", en="churned"),
    "bought": Text(ja="購入", en="bought"),
}
"""What a backtest looks for after a play would have fired."""
