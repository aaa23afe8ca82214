"""SMTP: mail by the company's own mail server or by that of its provider."""

import smtplib
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from typing import Literal

from pydantic import Field

from minori.core.text import Text
from minori.delivery.addresses import Network
from minori.delivery.channel import Channel, Way
from minori.delivery.layout import Imprint
from minori.delivery.mail import made
from minori.delivery.message import Letter, SendError
from minori.policy.words import Definition, Words


class Settings(Definition):
    """The server, and who sends."""

    host: str = Field(min_length=1, max_length=253)
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    from_address: str
    from_name: Words
    postal_address: str = ""
    contact: str = ""
    seconds: float = Field(30, gt=0, le=300)


def send(way: Way, letter: Letter, now: datetime) -> None:
    """Hand a mail to the server; raises SendError."""
    s: Settings = way.settings
    mail = made(letter, Imprint(s.from_name, s.postal_address, s.contact), s.from_address, now)
    if s.user and s.security == "none":
        raise SendError("a password is not sent over a connection that is not encrypted", True)
    try:
        _handed_over(way, mail)
    except smtplib.SMTPRecipientsRefused as e:
        code, _ = next(iter(e.recipients.values()))
        raise SendError(f"{s.host} refused the recipient ({code})", code >= 500) from None
    except smtplib.SMTPAuthenticationError as e:
        raise SendError(f"{s.host} refused the user or the password ({e.smtp_code})", False) from None
    except smtplib.SMTPResponseException as e:
        raise SendError(f"{s.host} answered {e.smtp_code}", e.smtp_code >= 500) from None
    except smtplib.SMTPNotSupportedError as e:
        raise SendError(f"{s.host} cannot do what is needed ({e})", True) from None
    except (smtplib.SMTPException, OSError) as e:
        raise SendError(f"{s.host} did not take the mail ({type(e).__name__})", False) from None


def _handed_over(way: Way, mail: EmailMessage) -> None:
    s: Settings = way.settings
    server = _opened(s, way.network)
    try:
        if s.security == "starttls":
            server.starttls(context=way.network.trust())
        if s.user:
            server.login(s.user, way.secret)
        server.send_message(mail)
    except BaseException:
        server.close()
        raise
    with suppress(smtplib.SMTPException, OSError):  # it has the mail: a rude goodbye must not send it twice
        server.quit()


def _opened(s: Settings, network: Network) -> smtplib.SMTP:
    if s.security == "tls":
        return smtplib.SMTP_SSL(s.host, s.port, timeout=s.seconds, context=network.trust())
    return smtplib.SMTP(s.host, s.port, timeout=s.seconds)


KIND = Channel(
    label=Text(ja="メール（SMTP）", en="Mail (SMTP)"),
    help=Text(
        ja="メールサーバーからお送りします。送信者の名称・住所・お問い合わせ先と配信停止の方法を必ず記載します。",
        en="Sends mail by your server; each says who sends it, from where, and how to stop it.",
    ),
    settings=Settings,
    send=send,
    secret=Text(ja="メールサーバーのパスワード", en="Password of the mail server"),
    to_customers=True,
)
