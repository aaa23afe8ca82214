"""Words of the pages behind the links in mail."""

from minori.core.text import Text

WORDS = {
    "answer.title": Text(ja="お返事のページ", en="Your answer"),
    "answer.intro": Text(
        ja="{company}からのご案内です。お返事をいただけますと幸いです。",
        en="A note from {company}. Tell us what you think.",
    ),
    "answer.yes": Text(ja="話を聞いてみたい", en="Yes, tell me more"),
    "answer.yes_help": Text(
        ja="お申し込みではありません。担当者からご連絡し、内容をご確認いただきます。",
        en="This is no order: we will contact you and go through it with you.",
    ),
    "answer.later": Text(ja="後日あらためて", en="Later"),
    "answer.later_help": Text(
        ja="1か月ほど経ってから、担当者があらためてご都合を伺います。",
        en="We will ask again in about a month.",
    ),
    "answer.no": Text(ja="今回は見送る", en="No, thank you"),
    "answer.no_help": Text(
        ja="しばらくの間、同様のご案内を控えます。", en="We will not ask again for a good while."
    ),
    "answer.why": Text(
        ja="差し支えなければ、理由をお聞かせください（任意）", en="If you like, tell us why (optional)"
    ),
    "answer.reason.price": Text(ja="費用が合わない", en="The price"),
    "answer.reason.timing": Text(ja="時期が合わない", en="The time"),
    "answer.reason.need": Text(ja="いまは必要がない", en="No need for it"),
    "answer.reason.fit": Text(ja="内容が合わない", en="It does not fit"),
    "answer.reason.other": Text(ja="その他", en="Something else"),
    "answer.send_reason": Text(ja="理由を送る", en="Send"),
    "answer.thanks_accepted": Text(
        ja="お返事ありがとうございます。担当者よりご連絡いたします。", en="Thank you. We will be in touch."
    ),
    "answer.thanks_declined": Text(
        ja="お返事ありがとうございました。今回は見送りとのこと、承知いたしました。しばらくの間、同様のご案内を控えます。"
        "現在ご利用中の内容は、これまでどおりお使いいただけます。",
        en="Thank you for telling us. We will not ask again for a good while, and everything you use stays as it is.",
    ),
    "answer.thanks_later": Text(
        ja="承知いたしました。後日、担当者があらためてご都合を伺います。",
        en="All right. We will ask again later.",
    ),
    "answer.gone": Text(
        ja="このリンクは有効期限が切れているか、正しくありません。お手数ですが、担当者までご連絡ください。",
        en="This link is too old or not valid. Please contact us instead.",
    ),
    "answer.unreadable": Text(
        ja="お返事を読み取れませんでした。前のページに戻り、もう一度お選びください。",
        en="Your answer could not be read. Please go back and choose again.",
    ),
    "answer.otherwise": Text(
        ja="すでに別のお返事をいただいているか、受付を終了しています。変更をご希望の場合は、担当者までご連絡ください。",
        en="This was answered before, or is closed. To change your answer, please contact us.",
    ),
    "answer.nps_question": Text(
        ja="{company}を、親しい方や同僚にすすめる可能性はどのくらいありますか。",
        en="How likely are you to recommend {company} to a friend or colleague?",
    ),
    "answer.csat_question": Text(
        ja="{company}のサービスに、どのくらい満足されていますか。", en="How satisfied are you with {company}?"
    ),
    "answer.nps_low": Text(ja="すすめない", en="Not at all"),
    "answer.nps_high": Text(ja="ぜひすすめたい", en="Certainly"),
    "answer.csat_low": Text(ja="不満", en="Not satisfied"),
    "answer.csat_high": Text(ja="とても満足", en="Very satisfied"),
    "answer.comment": Text(ja="そのようにお感じの理由（任意）", en="What makes you say so? (optional)"),
    "answer.send": Text(ja="回答する", en="Send"),
    "answer.choose": Text(ja="点数をお選びください。", en="Please choose a number."),
    "answer.survey_thanks": Text(
        ja="ご回答ありがとうございました。いただいたご意見は、サービスの改善に役立ててまいります。",
        en="Thank you. What you told us helps us to do better.",
    ),
    "answer.stop_title": Text(ja="配信の設定", en="Your messages"),
    "answer.stop_intro": Text(
        ja="{to} 宛のご案内の配信を停止できます。", en="You can stop messages to {to}."
    ),
    "answer.stop_mail": Text(ja="メールの配信を停止する", en="Stop mail"),
    "answer.stop_all": Text(ja="すべてのご案内を停止する", en="Stop all messages"),
    "answer.stopped": Text(
        ja="配信を停止しました。行き違いで届く場合を除き、今後はお送りいたしません。",
        en="Stopped. Apart from what is on its way already, nothing more will be sent.",
    ),
    "answer.start_again": Text(ja="メールの配信を再開する", en="Start mail again"),
    "answer.later_words": Text(ja="後日あらためて連絡してほしい", en="Asked to be contacted later"),
    "answer.later_task": Text(ja="後日のご連絡を希望（お客様のお返事）", en="Asked to be contacted later"),
}
