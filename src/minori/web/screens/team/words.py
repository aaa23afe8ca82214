"""Words of the team."""

from minori.core.text import Text

WORDS = {
    "team.title": Text(ja="チーム", en="Team"),
    "team.about": Text(
        ja="担当者ごとの対応状況です。「1日の目安」は minori.yaml の proposals_a_day です。",
        en="What lies with whom. A day's capacity is proposals_a_day in minori.yaml.",
    ),
    "team.name": Text(ja="担当者", en="Person"),
    "team.role": Text(ja="役割", en="Role"),
    "team.capacity": Text(ja="1日の目安", en="Capacity a day"),
    "team.todo": Text(ja="未対応", en="To do"),
    "team.waiting": Text(ja="送信待ち・回答待ち", en="Waiting"),
    "team.with_sales": Text(ja="営業対応中", en="With sales"),
    "team.accepted": Text(ja="承諾", en="Accepted"),
    "team.declined": Text(ja="見送り", en="Declined"),
    "team.alerts": Text(ja="アラート", en="Alerts"),
    "team.overdue": Text(ja="期限超過のタスク", en="Overdue tasks"),
    "team.customers": Text(ja="担当顧客数", en="Customers"),
    "team.mrr": Text(ja="担当顧客の月額", en="Their monthly revenue"),
    "team.value": Text(ja="未対応の期待値", en="Value to do"),
    "team.over": Text(ja="目安を超えています", en="more than a day's work"),
    "team.empty": Text(
        ja="minori.yaml の team に担当者を登録すると、ここに並びます。",
        en="Add people to the team in minori.yaml; they then stand here.",
    ),
}
