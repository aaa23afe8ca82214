"""The template language: what it takes, what it refuses, and where it says so."""

import pytest

from minori.core.errors import DefinitionError
from minori.proposal.messages import check_template

GOOD = "# mail\nSubject: Hello {{ customer }}\n\nBody\n\n# talk\nTalk\n\n# product\nShort\n"


def with_body(body: str) -> str:
    return GOOD.replace("Body", body)


def problem(text: str) -> str:
    with pytest.raises(DefinitionError) as found:
        check_template(text, "messages/ja/seats.md")
    return str(found.value)


@pytest.mark.parametrize(
    "body",
    [
        "{{ because }}。{% if price_difference %}{{ price_difference }}{% endif %}",
        "{% for b in benefits %}{{ loop.index }}. {{ b }}{% if not loop.last %}、{% endif %}{% endfor %}",
        "{% for b in benefits %}{{ b }}{% else %}–{% endfor %}",
        "{% for c in choices %}{{ c.label }} {% if c.recommended %}★{% endif %}{% endfor %}",
        "{{ benefits|join('、') }} {{ benefits|first }} {{ cases|last }}",
        "{{ offer|upper }} {{ customer|title }} {{ choices|length }}",
        "{% if choices|length > 1 and until %}{% elif proof %}{% else %}{% endif %}{# a note #}",
        "{{ (choices|first).label }}",
        "# not a heading because of the blanks",
    ],
)
def test_takes_the_language_of_the_guide(body: str) -> None:
    check_template(with_body(body), "x.md")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{ custmer }}", "seats.md:4: no name named 'custmer'; did you mean 'customer'?"),
        ("one\ntwo {{ offers }}", "seats.md:5: no name named 'offers'; did you mean 'offer'?"),
        ("one\n{{ offer }}\n{{ because\n }} {{ ofer }}", "seats.md:7: no name named 'ofer'"),
        ("{{ offer|reverse }}", "no filter named 'reverse'"),
        ("{{ offer|uper }}", "did you mean 'upper'?"),
        ("{% for c in choices %}{{ c.price }}{% endfor %}", "no part named 'price'"),
        ("{% for c in choices %}{{ c }}{% endfor %}", "write one of its parts: label"),
        ("{{ benefits }}", "a list cannot be written out"),
        ("{{ offer.__class__ }}", "asks for a part of something that has none"),
        ("{% for c in choices %}{{ c.__class__ }}{% endfor %}", "no part named '__class__'"),
        ("{{ benefits[0] }}", "[…] is not allowed"),
        ("{{ offer() }}", "a call is not allowed"),
        ("{{ 'x' * 9999999 }}", "mul is not allowed"),
        ("{{ 9 ** 9 }}", "pow is not allowed"),
        ("{{ offer ~ offer }}", "~ is not allowed"),
        ("{{ '%s'|format(offer) }}", "no filter named 'format'"),
        ("{{ [1, 2]|length }}", "list is not allowed"),
        ("{{ benefits|join(offer) }}", "only join takes a text"),
        ("{{ offer|join }}", "the filter join needs a list"),
        ("{{ benefits|upper }}", "the filter upper needs a text"),
        ("{{ choices|join }}", "needs a list of texts"),
        ("{% if offer is defined %}x{% endif %}", "is … is not allowed"),
        ("{{ offer if until else because }}", "… if … else … is not allowed"),
        ("{% set x = 1 %}", "assign is not allowed"),
        ("{% include 'x' %}", "include is not allowed"),
        ("{% macro m() %}{% endmacro %}", "macro is not allowed"),
        ("{% filter upper %}x{% endfilter %}", "filterblock is not allowed"),
        ("{% for x in offer %}{% endfor %}", "given are: benefits, cases, choices, proof"),
        ("{% for x in benefits if x %}{% endfor %}", "write a plain loop"),
        ("{% for offer in benefits %}{% endfor %}", "'offer' is given already"),
        ("{% for a in proof %}{% for b in proof %}{% for c in proof %}" + "{% endfor %}" * 3, "2 deep"),
        ("{% if offer %}", "cannot be read"),
        ("one\n\n{{ offer", "seats.md:6: cannot be read"),
        ("{% if " + "(" * 900 + "offer" + ")" * 900 + " %}{% endif %}", "seats.md:3: nested too deeply"),
        ("{% if offer" + " and offer" * 1500 + " %}{% endif %}", "seats.md:3: nested too deeply"),
        ("{% if offer %}" * 200 + "{% endif %}" * 200, "seats.md:3: nested too deeply"),
        ("x" * 20_001, "longer than 20,000 signs"),
    ],
)
def test_refuses_everything_else_with_its_place(body: str, says: str) -> None:
    assert says in problem(with_body(body))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("# talk", "# tlak"), "seats.md:6: no section named 'tlak'; did you mean 'talk'?"),
        (GOOD.replace("# talk\nTalk", ""), "sections are missing: # talk"),
        (GOOD + "# mail\nx", "seats.md:11: the section mail stands here a second time"),
        (GOOD.replace("Talk", ""), "seats.md:6: the section talk is empty"),
        (GOOD.replace("Subject: ", ""), "seats.md:2: a mail begins with its subject"),
        (GOOD.replace("Hello {{ customer }}", ""), "seats.md:2: a mail begins with its subject"),
        (GOOD.replace("{{ customer }}", "{{ custmer }}"), "seats.md:2: no name named 'custmer'"),
        (GOOD.replace("Hello", "{% if offer %}"), "seats.md:2: cannot be read"),
        (GOOD.replace("Short", "{{ x }}"), "seats.md:10: no name named 'x'"),
        ("Dear\n" + GOOD, "seats.md:1: a template begins with '# mail'; read 'Dear'"),
        ("", "sections are missing: # mail, # talk, # product"),
    ],
)
def test_sections_and_subject(text: str, says: str) -> None:
    assert says in problem(text)
