"""What connect thinks a column of a fact table should be fed by, how sure it is, and why."""

from dataclasses import dataclass, replace
from enum import StrEnum

from minori.core.text import Text


class Sureness(StrEnum):
    """How far a guess can be trusted."""

    SURE = "sure"
    GUESS = "guess"
    OPEN = "open"  # required, and nothing fits: a person must choose

    @property
    def word(self) -> Text:
        """The word for people."""
        return _WORDS[self]


_WORDS = {
    Sureness.SURE: Text(ja="確実", en="sure"),
    Sureness.GUESS: Text(ja="推定", en="guess"),
    Sureness.OPEN: Text(ja="未定", en="open"),
}
CHECK = Text(ja="ご確認ください", en="please check")


@dataclass(frozen=True)
class Guess:
    """One column of the select: ``sql as target``."""

    target: str
    sql: str
    sureness: Sureness
    why: Text
    columns: tuple[str, ...] = ()  # of the input, that it uses

    @property
    def written(self) -> str:
        """The column as the select writes it."""
        return self.target if self.sql == self.target else f"{self.sql} as {self.target}"

    def doubted(self, why: Text) -> "Guess":
        """Return it as no more than a guess, for one more reason."""
        both = Text(ja=f"{self.why.ja}。{why.ja}", en=f"{self.why.en}; {why.en}")
        sureness = Sureness.OPEN if self.sureness == Sureness.OPEN else Sureness.GUESS
        return replace(self, sureness=sureness, why=both)

    @property
    def comment(self) -> Text:
        """What stands behind it in the draft."""
        if self.sureness == Sureness.OPEN:
            return self.why
        word = self.sureness.word
        if self.sureness == Sureness.SURE:
            return Text(ja=f"{word.ja}: {self.why.ja}", en=f"{word.en}: {self.why.en}")
        return Text(ja=f"{word.ja}: {self.why.ja}。{CHECK.ja}", en=f"{word.en}: {self.why.en}, {CHECK.en}")
