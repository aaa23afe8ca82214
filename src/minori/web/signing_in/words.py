"""Words of signing in."""

from minori.core.text import Text

WORDS = {
    "signing_in.title": Text(ja="ログイン", en="Sign in"),
    "signing_in.email": Text(ja="メールアドレス", en="E-mail address"),
    "signing_in.password": Text(ja="パスワード", en="Password"),
    "signing_in.go": Text(ja="ログイン", en="Sign in"),
    "signing_in.company": Text(ja="会社のアカウントでログイン", en="Sign in with the company account"),
    "signing_in.wrong": Text(
        ja="メールアドレスまたはパスワードが違います。", en="The address or the password is wrong."
    ),
    "signing_in.too_many": Text(
        ja="試行回数が多いため、15分ほど経ってからお試しください。",
        en="Too many tries. Please wait a quarter of an hour.",
    ),
    "signing_in.as": Text(ja="{name} さんとしてログインします。", en="You will be signed in as {name}."),
    "signing_in.refused": Text(
        ja="会社のアカウントを確認できませんでした。招待されたメールアドレスか、管理者にご確認ください。",
        en="The company account could not be accepted. Ask an administrator whether its address was invited.",
    ),
    "signing_in.gone": Text(
        ja="このリンクは使用済みか、期限が切れています。管理者に新しいリンクを依頼してください。",
        en="This link was used or has expired. Ask an administrator for a new one.",
    ),
}
