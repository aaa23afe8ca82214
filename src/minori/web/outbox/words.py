"""Words of the messages that minori itself writes."""

from minori.core.text import Text

WORDS = {
    "outbox.alert": Text(ja="{customer}: お知らせがあります", en="{customer}: something happened"),
    "outbox.thanks_subject": Text(
        ja="お返事をいただき、ありがとうございました", en="Thank you for your answer"
    ),
    "outbox.thanks_text": Text(
        ja="{name} 様\n\n"
        "先日ご案内いたしました「{offer}」につきまして、お返事をいただき誠にありがとうございました。\n"
        "今回は見送りとのこと、承知いたしました。しばらくの間、同様のご案内は控えさせていただきます。\n\n"
        "現在ご利用中の内容は、これまでどおりお使いいただけます。\n"
        "お困りのことやご要望がございましたら、いつでもお知らせください。\n\n"
        "{company}",
        en="Dear {name},\n\n"
        "Thank you for your answer about '{offer}'. We understand that it is not for you now, and will not ask again "
        "for a good while.\n\n"
        "Everything you use today stays as it is. If something troubles you, or something is missing, please tell us.\n\n"
        "{company}",
    ),
    "outbox.nps_subject": Text(ja="アンケートのお願い（1分ほどで終わります）", en="One question, one minute"),
    "outbox.nps_text": Text(
        ja="{name} 様\n\n"
        "いつも{company}をご利用いただき、誠にありがとうございます。\n"
        "サービスの改善のため、率直なご意見をお聞かせいただけますと幸いです。1分ほどで終わります。\n\n"
        "ご都合がよろしくない場合は、ご回答いただかなくて差し支えございません。\n\n"
        "{company}",
        en="Dear {name},\n\n"
        "Thank you for using {company}. One question would help us to do better; it takes a minute.\n\n"
        "If it does not suit you, you need not answer.\n\n"
        "{company}",
    ),
    "outbox.csat_subject": Text(ja="ご利用満足度についてのお伺い", en="How satisfied are you?"),
    "outbox.csat_text": Text(
        ja="{name} 様\n\n"
        "いつも{company}をご利用いただき、誠にありがとうございます。\n"
        "ご利用の満足度を5段階でお聞かせください。1分ほどで終わります。\n\n"
        "ご都合がよろしくない場合は、ご回答いただかなくて差し支えございません。\n\n"
        "{company}",
        en="Dear {name},\n\n"
        "Thank you for using {company}. On a scale from 1 to 5, how satisfied are you? It takes a minute.\n\n"
        "If it does not suit you, you need not answer.\n\n"
        "{company}",
    ),
    "outbox.link_answer": Text(ja="お返事はこちら（ログイン不要）", en="Answer here (no sign-in)"),
    "outbox.link_survey": Text(
        ja="アンケートに回答する（ログイン不要）", en="Answer the question (no sign-in)"
    ),
    "outbox.link_app": Text(ja="minoriで開く", en="Open in minori"),
    "outbox.trial_subject": Text(ja="minoriからの送信テスト", en="A test from minori"),
    "outbox.trial_text": Text(
        ja="このメッセージが届いていれば、設定は正しく行われています。",
        en="If you can read this, the channel is set up.",
    ),
    "outbox.no_approval": Text(
        ja="担当者の承認が確認できないため、お送りしません。",
        en="Nobody has approved it; nothing is sent.",
    ),
    "outbox.play_off": Text(
        ja="この型が停止されたため、お送りしません。", en="This play was switched off; nothing is sent."
    ),
    "outbox.person_decides": Text(
        ja="自動送信の対象外です。担当者の判断が必要です。",
        en="Not sent by itself; a person has to decide.",
    ),
    "outbox.asked_enough": Text(
        ja="この方への直近1年間のアンケートが上限に達しているため、お送りしません。",
        en="This person was asked as often as a year may bring; nothing is sent.",
    ),
    "outbox.quiet": Text(
        ja="ご連絡を控える時間帯のため、後ほどお送りします。",
        en="Quiet hours where the customer is; sent later.",
    ),
}
