"""A letter as a mail: two forms of the same words, who sent it, how to stop it, and a name that repeats know."""

import hashlib
import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from minori.delivery.layout import Imprint, as_html, as_text
from minori.delivery.message import Letter, SendError

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
_LONGEST_HEADER = 200  # signs of a subject or a name


def made(letter: Letter, imprint: Imprint, from_address: str, now: datetime) -> EmailMessage:
    """Return the mail.

    Raises SendError for good if an address is not one, or if mail to a customer does not say who sends it, from where,
    and how to stop it.
    """
    if letter.to_customer and not (imprint.postal.strip() and imprint.contact.strip()):
        raise SendError(
            "mail to customers needs the sender's postal address and a contact (特定電子メール法)", True
        )
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = _named(imprint.name[letter.language], address(from_address))
        mail["To"] = _named(letter.to_name, address(letter.to))
        mail["Subject"] = one_line(letter.subject)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = message_id(letter.key, from_address)
        if letter.unsubscribe:
            mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    except (ValueError, MessageError) as e:
        raise SendError(f"the mail's head cannot be written ({e})", True) from None
    mail.set_content(as_text(letter, imprint), cte="base64")
    mail.add_alternative(as_html(letter, imprint), subtype="html", cte="base64")
    return mail


def address(text: str) -> str:
    """Return a mail address; raises SendError for good if it is not a plain one."""
    plain = text.strip()
    if not _ADDRESS.fullmatch(plain) or ".." in plain:
        raise SendError("the address is not a mail address", True)
    return plain


def one_line(text: str) -> str:
    """Return a text that can stand in a head: what would end the line is gone."""
    return _CONTROL.sub(" ", text).strip()[:_LONGEST_HEADER]


def message_id(key: str, from_address: str) -> str:
    """Return the Message-ID of a message; it is the same each time the message is sent."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{address(from_address).rpartition('@')[2]}>"


def _named(name: str, plain: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=plain)
