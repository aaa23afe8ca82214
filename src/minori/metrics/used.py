"""Which functions of the catalogue a policy uses anywhere, so that only those columns are prepared."""

from minori.policy.definitions import Policy
from minori.policy.reads import conditions_of

_OF_CATALOGUE = ("limit", "holds", "has_feature", "upper_has")


def calls_of(policy: Policy) -> set[tuple[str, str]]:
    """Return every ``(function, argument)`` about the catalogue in the policy's conditions and formulas."""
    return {
        call for condition in conditions_of(policy) for call in condition.calls if call[0] in _OF_CATALOGUE
    }
