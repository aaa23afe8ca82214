"""The words of a proposal: which template is taken, and what it writes in both languages."""

from collections.abc import Mapping
from typing import Any

from minori.core.errors import UnknownName
from minori.core.text import LANGUAGES, Language
from minori.policy.definitions import Play, Policy
from minori.proposal.fallback import FALLBACK
from minori.proposal.roles import check_role_words, paragraph
from minori.proposal.shapes import FOR_ROLE
from minori.proposal.template import Parts, checked_parts, rendered, rendered_subject

Message = dict[str, str]
"""``subject``, ``mail``, ``talk`` and ``product`` in one language."""

_SHIPPED = "the template shipped with minori"


def check_template(text: str, file: str) -> None:
    """Check a template file when it is loaded; raises DefinitionError with file, line and nearest name."""
    checked_parts(text, file)


def check_messages(policy: Policy) -> None:
    """Check every template of a policy and its words for roles; raises DefinitionError with file and line."""
    check_role_words(policy)
    for language in LANGUAGES:
        for name, text in sorted(policy.messages.get(language, {}).items()):
            check_template(text, file_of(language, name))


def check_message_of(play: Play, policy: Policy) -> None:
    """Check that the templates a play and its variants name are there in both languages; the caller adds the place."""
    named = [play.message, *(variant.template for variant in play.variants.values())]
    for language in LANGUAGES:
        known = policy.messages.get(language, {})
        for name in named:
            if name is not None and name not in known:
                raise UnknownName(f"template in messages/{language}", name, known)


def render_messages(
    policy: Policy, play: Play, kind: str, context: Mapping[Language, Mapping[str, Any]]
) -> dict[Language, Message]:
    """Write subject, mail, talk and product text in both languages.

    ``kind`` is the offer's; ``context`` comes from ``context_of``. Raises DefinitionError for a wrong one.
    """
    return {language: _message(policy, play, kind, language, context[language]) for language in LANGUAGES}


def template_name(policy: Policy, play: Play, kind: str, language: Language) -> str | None:
    """Return the template of a play: the one it names, else of its id, else of its offer's kind."""
    known = policy.messages.get(language, {})
    return next((name for name in (play.message, play.id, kind) if name in known), None)


def file_of(language: Language, name: str) -> str:
    """Return where a template lies in a workspace's policy."""
    return f"messages/{language}/{name}.md"


def mail_for_role(
    policy: Policy, play: Play, kind: str, role: str, context: Mapping[Language, Mapping[str, Any]]
) -> dict[Language, dict[str, str]] | None:
    """Return the ``words`` for a role and the ``mail`` with them, by language.

    None where the policy has no words for the role, or where a template of the play has no place for them.
    """
    parts = {language: _parts(policy, play, kind, language) for language in LANGUAGES}
    words = {language: paragraph(policy, role, language, context[language]) for language in LANGUAGES}
    if not all(words.values()) or not all(part.speaks_to_roles for part in parts.values()):
        return None
    return {
        language: {
            "words": words[language],
            "mail": rendered(parts[language].mail, {**context[language], FOR_ROLE: words[language]}),
        }
        for language in LANGUAGES
    }


def _message(policy: Policy, play: Play, kind: str, language: Language, values: Mapping[str, Any]) -> Message:
    parts = _parts(policy, play, kind, language)
    return {
        "subject": rendered_subject(parts.subject, values),
        "mail": rendered(parts.mail, values),
        "talk": rendered(parts.talk, values),
        "product": rendered(parts.product, values),
    }


def _parts(policy: Policy, play: Play, kind: str, language: Language) -> Parts:
    name = template_name(policy, play, kind, language)
    if name is None:
        return checked_parts(FALLBACK[language], _SHIPPED)
    return checked_parts(policy.messages[language][name], file_of(language, name))
