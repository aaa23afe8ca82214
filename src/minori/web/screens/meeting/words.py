"""Words of the meeting sheet."""

from minori.core.text import Text

WORDS = {
    "meeting.title": Text(ja="CS・営業会議シート", en="Meeting of CS and sales"),
    "meeting.about": Text(
        ja="営業に引き継いだ案件と、これから担当を決める提案の一覧です。印刷して会議でお使いいただけます。",
        en="Cases that sales took over, and proposals for which it is to be decided who makes them. Made to be printed.",
    ),
    "meeting.cases": Text(ja="営業が対応中の案件", en="With sales"),
    "meeting.candidates": Text(ja="担当を決める提案", en="To be decided"),
    "meeting.customer": Text(ja="お客様", en="Customer"),
    "meeting.issues": Text(ja="課題", en="Issues"),
    "meeting.weak": Text(ja="ヘルススコアが低い項目: {part}", en="Weak part of health: {part}"),
    "meeting.no_issues": Text(ja="特になし", en="none known"),
    "meeting.proposal": Text(ja="提案内容", en="Proposal"),
    "meeting.mrr_change": Text(ja="増収見込み（月）", en="Gain a month"),
    "meeting.rule": Text(ja="引き継ぎの基準", en="Rule"),
    "meeting.amount": Text(ja="金額", en="amount"),
    "meeting.complexity": Text(ja="内容の複雑さ", en="complexity"),
    "meeting.by_hand": Text(ja="個別の判断", en="by hand"),
    "meeting.who": Text(ja="提案する人", en="Who"),
    "meeting.by_cs": Text(ja="CS", en="CS"),
    "meeting.proposes_on": Text(ja="提案予定日", en="When"),
    "meeting.not_agreed": Text(ja="未定", en="not agreed"),
    "meeting.note": Text(ja="メモ", en="Note"),
    "meeting.save": Text(ja="決定", en="Agree"),
    "meeting.agreed": Text(ja="決定内容を保存しました。", en="Saved what was agreed."),
    "meeting.task": Text(ja="{customer}へ提案する", en="Propose to {customer}"),
    "meeting.print": Text(ja="印刷", en="Print"),
    "meeting.no_cases": Text(
        ja="営業が対応中の案件はありません。「今日の提案」の各提案から引き継げます。",
        en="Sales has no open case. Hand one over from a proposal on Today.",
    ),
    "meeting.no_candidates": Text(
        ja="引き継ぎの基準（金額・内容の複雑さ）に当てはまる提案はありません。基準は minori.yaml の hand_over で変更できます。",
        en="No proposal meets the rules of amount or complexity; they stand in minori.yaml under hand_over.",
    ),
    "meeting.routes": Text(ja="経路別の成約率（90日）", en="Close rate by route (90 days)"),
    "meeting.route_cs": Text(ja="CSが提案", en="Proposed by CS"),
    "meeting.route_sales": Text(ja="営業へ引き継ぎ", en="Handed to sales"),
    "meeting.of": Text(ja="{answered}件中{accepted}件", en="{accepted} of {answered}"),
}
