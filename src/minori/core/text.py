"""Words that people read, always in both languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minori.core.counted import agreeing

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
_NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True)
class Text:
    """A text in Japanese and English; it cannot be built in one of them."""

    ja: str
    en: str

    def __post_init__(self) -> None:
        if not self.ja.strip() or not self.en.strip():
            raise ValueError("a text needs both languages, ja and en")

    def __getitem__(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en

    @property
    def names(self) -> set[str]:
        """Every ``{name}`` that either language asks for."""
        return set(_NAME.findall(self.ja)) | set(_NAME.findall(self.en))

    def fill(self, values: Mapping[str, str]) -> "Text":
        """Put values in place of ``{name}``: plain names only, and a value is never a template.

        Not ``str.format``: that would let a definition reach attributes of objects. In English "1 days" becomes
        "1 day".
        """
        return Text(ja=_fill(self.ja, values), en=agreeing(_fill(self.en, values)))

    def as_dict(self) -> dict[str, str]:
        """Return both languages by their code."""
        return {"ja": self.ja, "en": self.en}


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: values.get(found[1], "–"), template)
