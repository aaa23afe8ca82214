"""What is answered when a step cannot be taken: somebody was faster, or the step is not theirs to take."""

from datetime import timedelta

from minori.core.errors import MinoriError
from minori.core.text import Text
from minori.web.company import company_file
from minori.web.models import Step, Work
from minori.web.say import word

ACTIONS: dict[str, Text] = {
    "edit": Text(ja="文面の編集", en="edited the words"),
    "talk": Text(ja="トークスクリプトの表示", en="opened the talk script"),
    "approve": Text(ja="送信の承認", en="approved sending"),
    "told": Text(ja="お客様へのご案内", en="told the customer"),
    "snooze": Text(ja="延期", en="snoozed"),
    "not_now": Text(ja="「今は提案しない」の判断", en="decided not now"),
    "hand_over": Text(ja="営業への引き継ぎ", en="handed over to sales"),
    "give_back": Text(ja="営業からの差し戻し", en="gave back from sales"),
    "undo": Text(ja="操作の取り消し", en="took a step back"),
    "sent": Text(ja="送信", en="sent"),
    "held": Text(ja="送信の見合わせ", en="held at sending"),
    "seen": Text(ja="お客様の閲覧", en="seen by the customer"),
    "accepted": Text(ja="承諾", en="accepted"),
    "declined": Text(ja="見送りのお返事の記録", en="declined"),
    "expired": Text(ja="期限切れ", en="expired"),
    "withdrawn": Text(ja="取り下げ", en="withdrawn"),
    "proposed_again": Text(ja="再提案", en="proposed again"),
}
_MINORI = Text(ja="minori", en="minori")
_CUSTOMER = Text(ja="お客様", en="the customer")
_SOMEBODY = Text(
    ja="{who}さんが{when}に「{what}」を行ったため、実行できませんでした。最新の内容をご確認ください（現在: {state}）。",
    en="Not done: {who} {what} at {when}. Look at it as it is now (state: {state}).",
)
_BY_ITSELF = Text(
    ja="{when}に「{what}」となったため、実行できませんでした。最新の内容をご確認ください（現在: {state}）。",
    en="Not done: {what} by {who} at {when}. Look at it as it is now (state: {state}).",
)
_RENEWED = Text(
    ja="新しい実行で内容が更新されたため、実行できませんでした。最新の内容をご確認ください（現在: {state}）。",
    en="Not done: a newer run renewed this proposal. Look at it as it is now (state: {state}).",
)
STALE = Text(
    ja="最新の実行ではこの提案は対象外になりました。送信せず、「今は提案しない」を選ぶか、次の実行をお待ちください。",
    en="The newest run no longer proposes this. It is not sent; decide not now, or wait for the next run.",
)
NOBODY = Text(
    ja="このお客様には、メールをお送りできる宛先がありません。電話などでお伝えするか、宛先を登録してください。",
    en="This customer has nobody with a mail address. Tell them by call, or add an address.",
)
NOT_HERE = Text(
    ja="「{what}」は、現在の状態（{state}）では行えません。",
    en="'{what}' cannot be done in this state ({state}).",
)
TOO_LATE = Text(
    ja="お客様に届いた後、または{minutes}分を過ぎた操作は取り消せません。",
    en="What reached the customer, or is older than {minutes} minutes, cannot be undone.",
)
NOT_YOURS = Text(ja="ほかの方の操作は取り消せません。", en="Only a manager may undo what somebody else did.")
ON_ITS_WAY = Text(
    ja="すでに送信処理に入っているため、取り消せません。", en="It is on its way already and cannot be undone."
)
ONLY_TECH = Text(
    ja="まとめて操作できるのは、テックタッチのお客様への提案だけです。",
    en="Only proposals to tech-touch customers can be handled many at once.",
)


class Conflict(MinoriError):
    """Raised when a step cannot be taken any more; ``text`` tells who did what and when, in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class Refused(MinoriError):
    """Raised when what was asked is not allowed or cannot be read; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def overtaken(work: Work) -> Conflict:
    """Return the conflict that names the last step of a proposal."""
    step = Step.objects.filter(work=work).select_related("person").order_by("-id").first()
    state = word(f"state.{work.state}")
    if step is None or step.version != work.version:
        return Conflict(_filled(_RENEWED, state=state))
    zone = company_file().company.calendar.zone
    when = step.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    minori = step.action in ("sent", "held", "expired", "withdrawn", "proposed_again")
    name = step.person.name if step.person else ""
    who = Text(ja=name, en=name) if name.strip() else _MINORI if minori else _CUSTOMER
    words = _SOMEBODY if step.person else _BY_ITSELF
    return Conflict(
        _filled(words, who=who, what=ACTIONS[step.action], when=Text(ja=when, en=when), state=state)
    )


def not_here(action: str, work: Work) -> Conflict:
    """Return the conflict of a step that the state does not allow."""
    return Conflict(_filled(NOT_HERE, what=ACTIONS[action], state=word(f"state.{work.state}")))


def too_late(within: timedelta) -> Conflict:
    """Return the conflict of undoing too late."""
    return Conflict(TOO_LATE.fill({"minutes": str(int(within.total_seconds() // 60))}))


def _filled(words: Text, **values: Text) -> Text:
    ja = words.fill({name: value.ja for name, value in values.items()}).ja
    return Text(ja=ja, en=words.fill({name: value.en for name, value in values.items()}).en)
