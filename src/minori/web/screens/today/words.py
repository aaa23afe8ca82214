"""Words of Today."""

from minori.core.text import Text

WORDS = {
    "today.title": Text(ja="今日の提案", en="Today"),
    "today.show_open": Text(ja="未対応", en="To do"),
    "today.show_waiting": Text(ja="送信待ち・回答待ち", en="Waiting"),
    "today.show_done": Text(ja="完了（30日以内）", en="Done (30 days)"),
    "today.whose": Text(ja="担当", en="Whose"),
    "today.all": Text(ja="全員", en="Everybody"),
    "today.no_open": Text(
        ja="未対応の提案はありません。提案は毎日の実行後に更新されます。",
        en="Nothing to propose. The list is renewed by each day's run.",
    ),
    "today.no_open_next": Text(
        ja="右の「お知らせ漏れ」と「支援優先」に、お声がけできるお客様がいないかご確認ください。",
        en="Look at 'Never told' and 'Help first' beside: somebody may be waiting there.",
    ),
    "today.no_run": Text(
        ja="まだ実行結果がありません。データを取り込み、実行すると、ここに提案が並びます。",
        en="Nothing has been run yet. Load data and run once; the proposals then stand here.",
    ),
    "today.no_waiting": Text(
        ja="送信待ち・回答待ちの提案はありません。", en="Nothing waits to be sent or answered."
    ),
    "today.no_done": Text(
        ja="30日以内に完了した提案はありません。", en="Nothing was finished in the last 30 days."
    ),
    "today.place": Text(ja="順位", en="Place"),
    "today.customer": Text(ja="お客様", en="Customer"),
    "today.customer_id": Text(ja="顧客ID", en="Customer id"),
    "today.situation": Text(ja="状況（型）", en="Situation (play)"),
    "today.because": Text(ja="根拠", en="Why"),
    "today.since": Text(ja="いつから", en="Since"),
    "today.reason": Text(ja="提案しない理由", en="Why not"),
    "today.guard": Text(ja="ガード", en="Guard"),
    "today.until": Text(ja="いつまで", en="Until"),
    "today.while_it_lasts": Text(ja="原因が続く間", en="while its cause lasts"),
    "today.owner": Text(ja="担当", en="Owner"),
    "today.at": Text(ja="日時", en="When"),
    "today.search_customer": Text(ja="お客様を検索", en="Customer"),
    "today.renews_on": Text(ja="更新日", en="Renewal"),
    "today.renews_before": Text(ja="この日まで", en="Renewal until"),
    "today.mrr": Text(ja="月額", en="Monthly"),
    "today.plan": Text(ja="プラン", en="Plan"),
    "today.health": Text(ja="ヘルススコア", en="Health"),
    "today.proposed": Text(ja="提案数", en="Proposals"),
    "today.no_renewal": Text(ja="更新日なし（月契約など）", en="no renewal date"),
    "today.what": Text(ja="提案", en="Proposal"),
    "today.gain": Text(ja="増収見込み", en="Gain"),
    "today.a_month": Text(ja="/月", en=" a month"),
    "today.once": Text(ja="一時", en="once"),
    "today.no_gain": Text(ja="収益は変わりません（支援）", en="no change of revenue (help)"),
    "today.chance": Text(ja="受諾の見込み", en="Chance"),
    "today.interval": Text(ja="90%区間 {low}〜{high}", en="90 % interval {low} to {high}"),
    "today.value": Text(ja="期待値", en="Expected value"),
    "today.value_of": Text(
        ja="提案した場合の利益の増分 {offered} から、時期を誤った場合の損失 {harm} を引いたもの"
        "（何もしない場合の利益 {nothing}、{months}か月分）",
        en="margin gained by offering {offered}, less harm of asking {harm} "
        "(if nothing is done: {nothing}; {months} months)",
    ),
    "today.before": Text(ja="以前", en="before"),
    "today.choices": Text(ja="プランの選択肢", en="Choices"),
    "today.recommended": Text(ja="おすすめ", en="recommended"),
    "today.difference": Text(ja="差額", en="Difference"),
    "today.benefits": Text(ja="お客様にとっての効果", en="What the customer gains"),
    "today.proof_counted": Text(ja="自社データからの集計", en="Counted from our data"),
    "today.proof_released": Text(ja="公開事例", en="Released case"),
    "today.roles": Text(ja="読み手ごとの文面", en="Words by role"),
    "today.message": Text(ja="文面", en="Message"),
    "today.subject": Text(ja="件名", en="Subject"),
    "today.body": Text(ja="本文", en="Text"),
    "today.typed": Text(
        ja="保存されなかった、入力中の文面です。必要な部分をコピーしてお使いください。",
        en="What you had typed was not saved; copy what you need.",
    ),
    "today.edited": Text(ja="編集済み", en="edited"),
    "today.ja": Text(ja="日本語", en="Japanese"),
    "today.en": Text(ja="英語", en="English"),
    "today.send": Text(ja="送信する", en="Send"),
    "today.send_help": Text(
        ja="送信の直前に、配信停止・連絡の頻度・時間帯などをもう一度確認します。",
        en="Consent, frequency and quiet hours are asked once more when it leaves.",
    ),
    "today.edit": Text(ja="編集", en="Edit"),
    "today.save_words": Text(ja="文面を保存", en="Save the words"),
    "today.talk": Text(ja="トークスクリプト", en="Talk script"),
    "today.told": Text(ja="お客様に伝えた", en="Told the customer"),
    "today.told_call": Text(ja="電話で伝えた", en="By call"),
    "today.told_meeting": Text(ja="会議で伝えた", en="In a meeting"),
    "today.snooze": Text(ja="延期", en="Snooze"),
    "today.snooze_until": Text(ja="この日まで延期", en="Snooze until"),
    "today.snoozed_until": Text(ja="{day}まで延期していました", en="was snoozed until {day}"),
    "today.not_now": Text(ja="今は提案しない", en="Not now"),
    "today.not_now_because": Text(ja="今は提案しない理由", en="Not now because"),
    "today.hand_over": Text(ja="営業へ引き継ぐ", en="Hand to sales"),
    "today.hand_over_to": Text(ja="引き継ぎ先", en="To"),
    "today.no_sales": Text(
        ja="minori.yaml の team に営業（role: sales）を登録すると、引き継げるようになります。",
        en="Add sales people (role: sales) to the team in minori.yaml to hand over.",
    ),
    "today.note": Text(ja="メモ", en="Note"),
    "today.proposes_on": Text(ja="提案予定日", en="To be proposed on"),
    "today.give_back": Text(ja="CSへ戻す", en="Give back to CS"),
    "today.answer": Text(ja="お客様の回答", en="The customer's answer"),
    "today.accepted": Text(ja="承諾", en="Accepted"),
    "today.declined": Text(ja="見送り", en="Declined"),
    "today.undo": Text(ja="元に戻す", en="Undo"),
    "today.just_done": Text(ja="直前の操作", en="Just done"),
    "today.do": Text(ja="実行", en="Do it"),
    "today.stale": Text(
        ja="最新の実行では、この提案は対象外です（状況が変わったか、ガードが働いています）。送信はできません。",
        en="The newest run no longer proposes this: the situation changed, or a guard holds it. It cannot be sent.",
    ),
    "today.person_decides": Text(ja="人の判断が必要", en="a person decides"),
    "today.person_decides_why": Text(
        ja="ヘルススコアなど、お客様について分からないことがあるため、自動では送信されません。",
        en="Something about this customer is unknown, so nothing goes by itself.",
    ),
    "today.rule_amount": Text(
        ja="金額の基準により、営業への引き継ぎを推奨", en="by its amount a case for sales"
    ),
    "today.rule_complexity": Text(
        ja="内容が複雑なため、営業への引き継ぎを推奨", en="complex: a case for sales"
    ),
    "today.print": Text(ja="印刷", en="Print"),
    "today.alerts": Text(ja="アラート", en="Alerts"),
    "today.no_alerts": Text(ja="新しいアラートはありません。", en="No new alerts."),
    "today.seen": Text(ja="確認済みにする", en="Seen"),
    "today.tasks": Text(ja="期限の近いタスク", en="Due tasks"),
    "today.no_tasks": Text(ja="7日以内のタスクはありません。", en="Nothing due within a week."),
    "today.task_title": Text(ja="やること", en="What"),
    "today.task_due": Text(ja="期限", en="Due"),
    "today.task_add": Text(ja="タスクを追加", en="Add a task"),
    "today.task_done": Text(ja="完了", en="Done"),
    "today.overdue": Text(ja="期限超過", en="overdue"),
    "today.renewals": Text(ja="60日以内の契約更新", en="Renewals within 60 days"),
    "today.no_renewals": Text(
        ja="60日以内に更新を迎える契約はありません。", en="No renewals within 60 days."
    ),
    "today.list_never_told": Text(ja="お知らせ漏れ", en="Never told"),
    "today.list_help_first": Text(ja="支援優先", en="Help first"),
    "today.list_not_now": Text(ja="今は提案しない", en="Not now"),
    "today.about_never_told": Text(
        ja="必要とされているのに、まだ誰もお知らせしていない内容です。",
        en="Needs that nobody has told the customer about.",
    ),
    "today.about_help_first": Text(
        ja="提案よりも先に、支援が必要なお客様です。", en="Customers who need help before any offer."
    ),
    "today.about_not_now": Text(
        ja="ガードが提案を止めているお客様です。理由と、いつまでかを示します。",
        en="What a guard holds, with its reason and until when.",
    ),
    "today.no_never_told": Text(ja="お知らせ漏れはありません。", en="Nobody was left untold."),
    "today.no_help_first": Text(ja="支援を優先するお客様はいません。", en="Nobody needs help first."),
    "today.no_not_now": Text(ja="ガードで止めている提案はありません。", en="No guard holds anything."),
    "today.told_unknown": Text(
        ja="提案の履歴が取り込まれていないため、すでにお知らせした内容が含まれることがあります。",
        en="No source says what customers were told, so some of these may have been told already.",
    ),
    "today.all_of": Text(ja="すべて見る（{count}件）", en="All ({count})"),
    "today.all_of_many": Text(ja="すべて見る（1,000件以上）", en="All (more than 1,000)"),
    "today.results": Text(ja="営業からの結果", en="Results from sales"),
    "today.returned": Text(ja="差し戻し", en="given back"),
    "today.history": Text(ja="経過", en="What happened"),
    "today.by_minori": Text(ja="minori", en="minori"),
    "today.by_customer": Text(ja="お客様", en="customer"),
    "today.no_history": Text(ja="まだ操作はありません。", en="Nothing yet."),
    "today.delivery": Text(ja="配信", en="Delivery"),
    "today.delivery_waiting": Text(ja="{at} 以降に送信します", en="leaves from {at} on"),
    "today.delivery_claimed": Text(ja="送信中です", en="is being sent"),
    "today.delivery_sent": Text(ja="{at} に送信しました", en="sent at {at}"),
    "today.delivery_held": Text(ja="送信を見合わせました: {why}", en="held: {why}"),
    "today.delivery_dead": Text(ja="送信できませんでした: {why}", en="could not be sent: {why}"),
    "today.case": Text(ja="営業への引き継ぎ", en="With sales"),
    "today.tech": Text(ja="テックタッチの提案", en="Tech-touch proposals"),
    "today.tech_about": Text(
        ja="テックタッチのお客様への提案は、まとめて操作できます。ほかのお客様への提案は1件ずつ判断します。",
        en="Proposals to tech-touch customers can be handled many at once; everybody else is decided one by one.",
    ),
    "today.no_tech": Text(
        ja="テックタッチのお客様への未対応の提案はありません。",
        en="No open proposals to tech-touch customers.",
    ),
    "today.choose": Text(ja="選択", en="Choose"),
    "today.every_play": Text(ja="すべての型", en="Every play"),
    "today.chosen_do": Text(ja="選んだ提案を", en="With the chosen"),
    "today.first_shown": Text(ja="{count}件中、上位{shown}件を表示", en="the first {shown} of {count}"),
    "today.did_approve": Text(
        ja="{customer}への提案を承認しました。送信の直前に、ガードと同意をもう一度確認します。",
        en="Approved for {customer}. Guards and consent are asked once more when it leaves.",
    ),
    "today.did_told": Text(ja="{customer}に伝えたことを記録しました。", en="Noted that {customer} was told."),
    "today.did_snooze": Text(
        ja="{customer}への提案を延期しました。", en="Snoozed the proposal to {customer}."
    ),
    "today.did_not_now": Text(
        ja="{customer}への提案を、今は行わないことにしました。", en="Not now for {customer}."
    ),
    "today.did_hand_over": Text(
        ja="{customer}の案件を営業へ引き継ぎました。", en="Handed {customer} over to sales."
    ),
    "today.did_give_back": Text(ja="{customer}の案件をCSへ戻しました。", en="Gave {customer} back to CS."),
    "today.did_answer": Text(ja="{customer}の回答を記録しました。", en="Noted what {customer} answered."),
    "today.did_undo": Text(
        ja="{customer}への操作を元に戻しました。", en="Took back the last step for {customer}."
    ),
    "today.did_edit": Text(ja="文面を保存しました。", en="Words saved."),
    "today.did_many": Text(ja="{count}件を処理しました。", en="Done: {count}."),
    "today.key_list": Text(
        ja="s : 送信、e : 編集、t : トークスクリプト、z : 延期、h : 営業へ引き継ぐ、x : 今は提案しない、u : 元に戻す",
        en="s : send, e : edit, t : talk script, z : snooze, h : hand to sales, x : not now, u : undo",
    ),
}
