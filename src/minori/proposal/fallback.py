"""The plain template for an offer that a workspace has no words for: it fits every kind, paid or not."""

from minori.core.text import Text

FALLBACK = Text(
    ja="""# mail
Subject: {{ offer }}のご案内

{{ customer }} 様

いつも{{ company }}をご利用いただき、誠にありがとうございます。

{% if for_role %}{{ for_role }}

{% endif %}{% for benefit in benefits %}・{{ benefit }}
{% endfor %}

「{{ offer }}」についてご案内いたします。
{% if price_difference %}
現在のお支払いとの差: {{ price_difference }}
{% endif %}
{% if until %}
{{ until }}までご利用いただけます。
{% endif %}

もしご興味がございましたら、このメールにご返信ください。ご不要でしたら、そのままで差し支えございません。

{{ company }}
{{ sender }}

# talk
{{ customer }}様、いつもご利用いただきありがとうございます。
もしよろしければ、「{{ offer }}」についてご案内いたします。ご不要でしたら、いまのままで問題ございません。

# product
もしよろしければ、「{{ offer }}」をご覧ください。
""",
    en="""# mail
Subject: {{ offer }}

Dear {{ customer }},

Thank you for using {{ company }}.

{% if for_role %}{{ for_role }}

{% endif %}{% for benefit in benefits %}- {{ benefit }}
{% endfor %}

We would like to tell you about this: {{ offer }}.
{% if price_difference %}
Difference to what you pay now: {{ price_difference }}
{% endif %}
{% if until %}
It stands until {{ until }}.
{% endif %}

If you are interested, please reply to this mail. If not, you need not do anything.

{{ company }}
{{ sender }}

# talk
Hello {{ customer }}, thank you for being with us.
If you like, I will tell you about {{ offer }}. If not, everything stays as it is.

# product
If you like, have a look: {{ offer }}.
""",
)
