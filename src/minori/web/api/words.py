"""Words of the page about the API."""

from minori.core.text import Text

WORDS = {
    "api.title": Text(ja="REST API", en="REST API"),
    "api.lead": Text(
        ja="トークンを Authorization: Bearer … で送ってください。1分あたり600回までです。",
        en="Send a token as Authorization: Bearer …; at most 600 requests a minute.",
    ),
    "api.document": Text(ja="OpenAPI 文書", en="OpenAPI document"),
    "api.parameters": Text(ja="引数", en="Parameters"),
    "api.body": Text(ja="本文(JSON)", en="Body (JSON)"),
    "api.answers": Text(ja="応答", en="Answers"),
}
