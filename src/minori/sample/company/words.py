"""What customers say and write, in Japanese and English."""

from minori.core.text import Text

TICKET_SUBJECTS = {
    "export": Text(ja="CSVの出力項目を増やしたい", en="More columns in the CSV export"),
    "import": Text(ja="取り込みでエラーになります", en="The import ends in an error"),
    "integration": Text(ja="基幹システムとの連携方法について", en="How to connect our core system"),
    "permissions": Text(ja="部署ごとの閲覧権限の設定について", en="Permissions by department"),
    "performance": Text(ja="画面の表示が遅い", en="Pages load slowly"),
    "billing": Text(ja="請求内容の確認をお願いします", en="Please check our invoice"),
    "security": Text(ja="操作履歴の保存期間について", en="How long is the audit log kept?"),
    "how_to": Text(ja="使い方を教えてください", en="How do I use this?"),
}
PRAISE = (
    Text(ja="毎日の業務に欠かせません", en="We could not work without it"),
    Text(ja="集計がとても楽になりました", en="Reporting has become easy"),
)
FAIR = (
    Text(ja="おおむね満足していますが、機能がもう少し欲しいです", en="Good, though we miss a few functions"),
    Text(ja="操作に慣れれば便利です", en="Handy once you know it"),
)
BLAME = (
    Text(ja="動作が遅く、業務に支障が出ています", en="It is slow and holds us up"),
    Text(ja="使いこなせていません", en="We hardly manage to use it"),
)
PLANS_SEATS = Text(
    ja="増員にあわせて{amount}名まで使えるようにしたい",
    en="We are growing and want {amount} people to use it",
)
PLANS_STORAGE = Text(
    ja="図面の保管を始めるので容量が{amount}GBほど必要になる",
    en="We will keep drawings and need about {amount} GB",
)
REQUESTS = {
    "analytics": Text(ja="部門別の推移をグラフで見たい", en="We want trends by department as charts"),
    "integration": Text(ja="販売管理のデータを自動で取り込みたい", en="Sales data should come in by itself"),
    "security": Text(
        ja="社内規程でシングルサインオンが必要になった", en="Our rules now require single sign-on"
    ),
}
STUCK = Text(
    ja="一部の担当者しか使えておらず、広げ方に悩んでいる",
    en="Only a few of us use it; we do not know how to go on",
)
TROUBLED = Text(ja="不具合が続いていて現場から不満が出ている", en="Faults keep coming and people complain")
TOO_DEAR = Text(ja="使っていないアカウントの費用が気になる", en="We pay for accounts that nobody uses")
GOAL = Text(ja="月次の集計にかかる時間を半分にしたい", en="We want to halve the time for monthly reports")
CANCEL = Text(ja="次の期からは別の方法を検討している", en="We are thinking of another way from next term")
