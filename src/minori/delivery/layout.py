"""How a letter is laid out: its text, its links, who sent it, and how to stop it; as plain text and as HTML."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from minori.core.text import Language, Text
from minori.delivery.message import Letter, Link

UNSUBSCRIBE = Text(ja="配信停止のお手続き", en="Unsubscribe")
_SENDER = Text(ja="送信者: {name}", en="Sent by: {name}")
_POSTAL = Text(ja="住所: {postal}", en="Address: {postal}")
_CONTACT = Text(ja="お問い合わせ: {contact}", en="Contact: {contact}")
_STOP = Text(
    ja="今後の配信を希望されない場合は、こちらからお手続きください。", en="To receive no more of these mails:"
)
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Imprint:
    """Who sends: what Japanese law on commercial mail (特定電子メール法) asks to be said in each of them."""

    name: Text
    postal: str
    contact: str  # where complaints and questions are taken: a mail address, a telephone number or a URL

    def lines(self, language: Language) -> list[str]:
        """Return the lines that stand below a letter."""
        values = {"name": self.name[language], "postal": self.postal, "contact": self.contact}
        parts = [_SENDER, *([_POSTAL] if self.postal else []), *([_CONTACT] if self.contact else [])]
        return [part.fill(values)[language] for part in parts]


def as_text(letter: Letter, imprint: Imprint) -> str:
    """Return the whole letter as plain text."""
    links = [f"{link.label}\n{link.url}" for link in letter.links]
    below = imprint.lines(letter.language)
    if letter.unsubscribe:
        below += [_STOP[letter.language], letter.unsubscribe]
    return "\n\n".join([letter.text.strip(), *links, "\n".join(["-- ", *below])]) + "\n"


def as_html(letter: Letter, imprint: Imprint) -> str:
    """Return the whole letter as HTML: nothing of it but our own tags is markup."""
    paragraphs = [f"<p>{_escaped(part)}</p>" for part in _BREAK.split(letter.text.strip())]
    links = [f"<p>{_anchor(link)}</p>" for link in letter.links]
    below = [html.escape(line) for line in imprint.lines(letter.language)]
    if letter.unsubscribe:
        stop = Link(UNSUBSCRIBE[letter.language], letter.unsubscribe)
        below.append(f"{html.escape(_STOP[letter.language])} {_anchor(stop)}")
    body = _joined([*paragraphs, *links, "<hr>", f"<p><small>{'<br>'.join(below)}</small></p>"])
    title = html.escape(letter.subject)
    return (
        f'<!doctype html>\n<html lang="{letter.language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _anchor(link: Link) -> str:
    return f'<a href="{html.escape(link.url)}">{html.escape(link.label)}</a>'


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)
