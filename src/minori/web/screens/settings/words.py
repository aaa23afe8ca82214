"""Words of the settings."""

from minori.core.text import Text

WORDS = {
    "settings.title": Text(ja="設定", en="Settings"),
    "settings.mine": Text(ja="自分", en="Me"),
    "settings.team": Text(ja="チーム", en="Team"),
    "settings.channels": Text(ja="送信経路", en="Channels"),
    "settings.audit": Text(ja="操作の記録", en="Audit log"),
    "settings.jobs": Text(ja="処理", en="Jobs"),
    "settings.email": Text(ja="メールアドレス", en="E-mail"),
    "settings.name": Text(ja="氏名", en="Name"),
    "settings.role": Text(ja="役割", en="Role"),
    "settings.member": Text(ja="担当者ID(minori.yaml の team)", en="Member (team in minori.yaml)"),
    "settings.nobody": Text(ja="(担当なし)", en="(none)"),
    "settings.sees": Text(ja="見られる顧客", en="Sees"),
    "settings.sees_all": Text(ja="すべての顧客", en="All customers"),
    "settings.sees_own": Text(ja="自分の担当だけ", en="Own customers only"),
    "settings.active": Text(ja="利用できる", en="May sign in"),
    "settings.save": Text(ja="保存", en="Save"),
    "settings.saved": Text(ja="保存しました。", en="Saved."),
    "settings.invite": Text(ja="招待する", en="Invite"),
    "settings.new_link": Text(ja="ログイン用リンクを発行", en="New sign-in link"),
    "settings.link_made": Text(
        ja="{name} さん用の一度だけ使えるリンクです。24時間以内に、ご本人へ安全な方法でお渡しください。",
        en="A link for {name} that works once, within 24 hours. Hand it over safely.",
    ),
    "settings.bad_email": Text(
        ja="「{email}」はメールアドレスではありません。", en="{email} is no e-mail address."
    ),
    "settings.known_email": Text(
        ja="{email} はすでに登録されています。", en="{email} is already in the team."
    ),
    "settings.last_admin": Text(
        ja="最後の管理者です。先に別の管理者を決めてください。",
        en="This is the last administrator. Choose another first.",
    ),
    "settings.password": Text(ja="パスワード", en="Password"),
    "settings.present": Text(ja="現在のパスワード", en="Present password"),
    "settings.new_password": Text(ja="新しいパスワード(12文字以上)", en="New password (12 signs or more)"),
    "settings.again": Text(ja="もう一度", en="Again"),
    "settings.set_password": Text(ja="パスワードを設定", en="Set the password"),
    "settings.password_set": Text(ja="パスワードを設定しました。", en="The password is set."),
    "settings.wrong_password": Text(ja="現在のパスワードが違います。", en="The present password is wrong."),
    "settings.not_the_same": Text(ja="2つのパスワードが一致しません。", en="The two passwords differ."),
    "settings.weak_password": Text(
        ja="12文字以上で、よくある言葉を避けてください。", en="Use 12 signs or more, and no common word."
    ),
    "settings.tokens": Text(ja="APIトークン", en="API tokens"),
    "settings.token_name": Text(ja="用途", en="What for"),
    "settings.token_days": Text(ja="有効日数", en="Days valid"),
    "settings.token_make": Text(ja="トークンを発行", en="Make a token"),
    "settings.token_made": Text(
        ja="このトークンは今だけ表示されます。控えてください。", en="This token is shown only now. Keep it."
    ),
    "settings.token_revoke": Text(ja="無効にする", en="Revoke"),
    "settings.token_revoked": Text(ja="無効", en="revoked"),
    "settings.token_used": Text(ja="最終利用", en="Last used"),
    "settings.token_until": Text(ja="期限", en="Until"),
    "settings.no_tokens": Text(ja="トークンはまだありません。", en="No tokens yet."),
    "settings.api_docs": Text(ja="APIの説明", en="About the API"),
    "settings.no_audit": Text(ja="記録はまだありません。", en="Nothing recorded yet."),
    "settings.job": Text(ja="処理", en="Job"),
    "settings.by": Text(ja="依頼", en="Asked by"),
    "settings.when": Text(ja="日時", en="When"),
    "settings.state": Text(ja="状態", en="State"),
    "settings.no_jobs": Text(ja="まだ処理はありません。", en="No jobs yet."),
    "settings.run_now": Text(ja="今すぐ取り込み・更新する", en="Load and run now"),
    "settings.run_asked": Text(ja="取り込みと更新を始めます。", en="Load and run were asked for."),
    "settings.kind": Text(ja="種類", en="Kind"),
    "settings.secret_in": Text(ja="秘密情報の環境変数名", en="Environment variable of the secret"),
    "settings.secret_set": Text(ja="設定済み", en="set"),
    "settings.secret_missing": Text(ja="未設定", en="not set"),
    "settings.options": Text(ja="設定(JSON)", en="Settings (JSON)"),
    "settings.on": Text(ja="使う", en="In use"),
    "settings.test": Text(ja="試し送信", en="Send a test"),
    "settings.to": Text(ja="宛先", en="To"),
    "settings.tested": Text(ja="試し送信が受け付けられました。", en="The test was accepted."),
    "settings.remove": Text(ja="削除", en="Remove"),
    "settings.add_channel": Text(ja="送信経路を加える・変える", en="Add or change a channel"),
    "settings.no_channels": Text(
        ja="送信経路はまだありません。加えるまで、メッセージは送信待ちのままです。",
        en="No channels yet; until then messages wait in the outbox.",
    ),
    "settings.outbox": Text(ja="送信箱", en="Outbox"),
    "settings.outbox_empty": Text(ja="メッセージはまだありません。", en="No messages yet."),
    "settings.bad_kind": Text(
        ja="「{kind}」という種類はありません。使えるもの: {kinds}", en="No kind named {kind}; known: {kinds}"
    ),
    "settings.bad_secret": Text(
        ja="環境変数「{name}」は使えません。名前は {prefix} で始めてください。",
        en="{name} may not be read; the name must begin with {prefix}",
    ),
    "settings.bad_settings": Text(
        ja='設定はJSONのオブジェクトで書いてください。例: {"host": "smtp.example.com"}',
        en='Write the settings as a JSON object, such as {"host": "smtp.example.com"}',
    ),
}
