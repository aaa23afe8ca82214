"""Figures of what became of a play's candidates and proposals."""

from minori.core.figure import Figure
from minori.core.text import Text

_CANDIDATES = Text(ja="候補(兆候ごとに1件)", en="candidates (one per spell)")
_ANSWERED = Text(
    ja="回答のあった、または期限の過ぎた提案", en="proposals answered, or whose time to answer is over"
)
_OF_ALL = Text(ja="÷この1年の候補", en="÷ candidates of the last year")
NO_AMOUNT = Text(ja="承諾された金額の記録がありません", en="no accepted amount is on record")


def _fate(name: str, label: Text, means: Text) -> Figure:
    computed = Text(ja=f"{label.ja}{_OF_ALL.ja}", en=f"{label.en} {_OF_ALL.en}")
    return Figure(f"play_{name}", label, means, computed, "share", _CANDIDATES)


FIRED = Figure(
    "play_fired",
    Text(ja="兆候の件数", en="Candidates"),
    Text(
        ja="型の条件が成り立ち、候補になった件数",
        en="How often the play's condition made a customer a candidate",
    ),
    Text(
        ja="この1年の実行での候補の数(兆候ごとに1件)",
        en="candidates of the runs of the last year, one per spell",
    ),
    "count",
    _CANDIDATES,
)
PROPOSED = _fate(
    "proposed",
    Text(ja="提案", en="Proposed"),
    Text(ja="一度でも提案になった候補", en="Candidates that ever became a proposal"),
)
HELD_OUT = _fate(
    "held_out",
    Text(ja="非接触", en="Held out"),
    Text(ja="抽選で非接触になった候補", en="Candidates that the lot left alone"),
)
HELD = _fate(
    "held",
    Text(ja="控えた", en="Held"),
    Text(ja="ガードが最後まで控えた候補", en="Candidates that a guard held to the end"),
)
OUTRANKED = _fate(
    "outranked",
    Text(ja="ほかを優先", en="Outranked"),
    Text(
        ja="ほかの提案や1日の件数のために見送った候補",
        en="Candidates behind a better one or the day's capacity",
    ),
)
FATES = {"proposed": PROPOSED, "hold_out": HELD_OUT, "held": HELD, "outranked": OUTRANKED}
ACCEPTED = Figure(
    "play_accepted",
    Text(ja="承諾率", en="Accepted"),
    Text(
        ja="回答のあった、または期限の過ぎた提案のうち、承諾された割合",
        en="Of the proposals that are over, the share accepted",
    ),
    Text(
        ja="承諾÷提案(この1年)。Jeffreysの90％区間",
        en="accepted ÷ proposals of the last year; Jeffreys' 90 % interval",
    ),
    "share",
    _ANSWERED,
)
SIGNED = Figure(
    "play_signed",
    Text(ja="承諾されたMRR", en="MRR accepted"),
    Text(
        ja="承諾された提案の月額の増減の合計。提案しなくても得られた分を含みます",
        en="Change of MRR in the accepted proposals; some of it would have come anyway",
    ),
    Text(
        ja="承諾された提案のmrr_changeの合計(自社通貨)",
        en="sum of mrr_change of accepted proposals in the company's currency",
    ),
    "money",
    Text(ja="金額の分かる承諾", en="acceptances with a known amount"),
    observational=True,
)
GAIN = Figure(
    "play_gain",
    Text(ja="証明できる増分粗利", en="Proven incremental margin"),
    Text(
        ja="非接触群との差として証明できる、この型による粗利の増加",
        en="Gross margin gained through the play, against its hold-out",
    ),
    Text(
        ja="1社あたり月額への効果×粗利率×期間末から今日までの月数(提案群の合計)。注文では期間中の注文額の差×顧客数×粗利率",
        en="effect on MRR × margin × months since the horizon's end, over customers proposed to; orders: difference within it",
    ),
    "money",
    Text(ja="実験に登録された提案群の顧客", en="customers of the experiment who were proposed to"),
)
FIGURES: tuple[Figure, ...] = (FIRED, PROPOSED, HELD_OUT, HELD, OUTRANKED, ACCEPTED, SIGNED, GAIN)
