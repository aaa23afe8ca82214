"""Words of the quarterly review; customers read them."""

from minori.core.text import Text

WORDS = {
    "qbr.title": Text(ja="定例レビュー（QBR）", en="Quarterly review"),
    "qbr.period": Text(ja="対象期間 {since} 〜 {until}", en="{since} to {until}"),
    "qbr.by": Text(ja="{company}　{person}", en="{company}, {person}"),
    "qbr.goals": Text(ja="目標・ご要望の確認", en="Goals and wishes"),
    "qbr.goals_says": Text(
        ja="これまでに伺った内容です。変わった点をお聞かせください。",
        en="What you told us so far. Please tell us what has changed.",
    ),
    "qbr.no_goals": Text(
        ja="この1年に伺った目標の記録はありません。今回のレビューで伺えますと幸いです。",
        en="No goals on record of the last year; we would like to hear them in this review.",
    ),
    "qbr.usage": Text(ja="ご利用状況", en="Usage"),
    "qbr.weekly": Text(ja="週ごとのご利用回数", en="Actions a week"),
    "qbr.users_weekly": Text(ja="週あたりの利用者数（平均）", en="People using it, average a week"),
    "qbr.times": Text(ja="ご利用回数", en="Actions"),
    "qbr.users": Text(ja="利用者数", en="People"),
    "qbr.this_period": Text(ja="今回（13週）", en="This period (13 weeks)"),
    "qbr.period_before": Text(ja="前回（その前の13週）", en="The 13 weeks before"),
    "qbr.difference": Text(ja="増減", en="Change"),
    "qbr.done": Text(ja="よく使われている操作", en="What was done most"),
    "qbr.action": Text(ja="操作", en="Action"),
    "qbr.limits": Text(ja="ご契約の上限に対するご利用", en="Use against your limits"),
    "qbr.limit": Text(ja="上限", en="Limit"),
    "qbr.used": Text(ja="ご利用", en="Used"),
    "qbr.seen_until": Text(ja="ご利用の記録は {day} までです。", en="Usage is on record until {day}."),
    "qbr.no_use": Text(ja="ご利用回数のデータがありません。", en="There is no data on usage."),
    "qbr.value": Text(ja="得られた成果", en="Value received"),
    "qbr.what": Text(ja="項目", en="What"),
    "qbr.figure": Text(ja="実績", en="Figure"),
    "qbr.sample": Text(ja="件数・根拠", en="Counted from"),
    "qbr.answered": Text(ja="お問い合わせの回答時間（中央値）", en="Time to an answer (median)"),
    "qbr.hours": Text(ja="{n} 時間", en="{n} hours"),
    "qbr.answered_of": Text(
        ja="期間中の {every} 件中、回答済み {n} 件", en="{n} of {every} tickets answered"
    ),
    "qbr.open": Text(ja="対応中のお問い合わせ", en="Tickets still open"),
    "qbr.cases": Text(ja="{n} 件", en="{n}"),
    "qbr.nps": Text(ja="推奨度（NPS）の平均", en="Likelihood to recommend (NPS), average"),
    "qbr.answers": Text(ja="回答 {n} 件", en="{n} answers"),
    "qbr.held": Text(ja="ご契約中のプランとその役割", en="What you have, and what it is for"),
    "qbr.plan": Text(ja="プラン・オプション", en="Plan or option"),
    "qbr.since": Text(ja="開始", en="Since"),
    "qbr.purpose": Text(ja="できること", en="What it is for"),
    "qbr.no_value": Text(
        ja="期間中のお問い合わせ・アンケートの記録はありません。", en="No tickets or surveys in this period."
    ),
    "qbr.health": Text(ja="ご活用の健康状態", en="Health"),
    "qbr.score": Text(ja="ヘルススコア", en="Health score"),
    "qbr.part": Text(ja="項目", en="Part"),
    "qbr.state": Text(ja="現状", en="Now"),
    "qbr.points": Text(ja="点数（100点満点）", en="Points of 100"),
    "qbr.no_score": Text(
        ja="スコアを出すためのデータが足りません。", en="There is not enough data for a score."
    ),
    "qbr.next": Text(ja="次の一歩", en="Next step"),
    "qbr.offer": Text(ja="ご案内", en="What we suggest"),
    "qbr.words": Text(ja="内容", en="Why"),
    "qbr.price": Text(ja="費用", en="Cost"),
    "qbr.a_month": Text(ja="月額 {amount}", en="{amount} a month"),
    "qbr.once": Text(ja="初回 {amount}", en="{amount} once"),
    "qbr.free": Text(ja="無料", en="free of charge"),
    "qbr.quote": Text(ja="お見積りします", en="on request"),
    "qbr.way_out": Text(
        ja="ご興味がございましたらご検討ください。ご不要でしたら、現在のままお使いいただけます。",
        en="If this is of interest, let us talk about it. If not, everything stays as it is.",
    ),
    "qbr.no_step": Text(
        ja="現在、当社からのご案内はありません。お困りの点やご要望をお聞かせください。",
        en="We have nothing to suggest now. Tell us what would help you.",
    ),
    "qbr.assumed": Text(ja="前提", en="Assumed"),
    "qbr.agreed": Text(ja="お約束（担当・期日）", en="Agreed (who, by when)"),
    "qbr.next_date": Text(
        ja="次回レビュー　　　　年　　　月　　　日", en="Next review: ____ / ____ / ________"
    ),
    "qbr.deck": Text(ja="PowerPointで編集", en="Edit in PowerPoint"),
    "qbr.print": Text(ja="印刷", en="Print"),
    "qbr.in_japanese": Text(ja="日本語で表示", en="In Japanese"),
    "qbr.in_english": Text(ja="英語で表示", en="In English"),
    "qbr.check": Text(
        ja="お客様にお見せする資料です。内容を確認し、必要に応じて編集してからお使いください。",
        en="This is for the customer's eyes: read it through, and edit it where needed.",
    ),
    "qbr.source": Text(
        ja="数値は {day} 時点の記録から集計しています。推計には前提を添えています。",
        en="Counted from records as of {day}; what is estimated names what it assumes.",
    ),
}
