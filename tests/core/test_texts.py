"""Texts are put into a template when it is read: the same words as Django's own tags give, in each language."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

OWN = ["samlop.core.templatetags.texts"]
DJANGO = ["django.templatetags.i18n"]
SAID: list[tuple[str, dict[str, Any]]] = [
    ('{% translate "Lagre" %}', {}),
    ('{% translate "Lagre" as text %}<b>{{ text }}</b>', {}),
    ("{% translate word %}", {"word": "Lagre"}),
    ('{% translate "l j. F Y" context "dato" %}', {}),
    ("{% blocktranslate %}100 % av <b>alle</b>{% endblocktranslate %}", {}),
    ("{% blocktranslate with name=who %}Velg {{ name }}{% endblocktranslate %}", {"who": "<Åse> & 50 %"}),
    ("{% blocktranslate with name=who %}Velg {{ name }}{% endblocktranslate %}", {"who": mark_safe("<b>Åse</b>")}),
    ("{% blocktranslate asvar text with name=who %}Velg {{ name }}{% endblocktranslate %}{{ text }}", {"who": "<Å>"}),
    ("{% blocktranslate %}Velg {{ who }} og {{ nobody }}{% endblocktranslate %}", {"who": "Åse"}),
    ("{% blocktranslate trimmed %}\n Velg \n {{ who }}\n{% endblocktranslate %}", {"who": "Åse"}),
    *(
        (
            "{% blocktranslate count number=n with w=who %}{{ number }} deltaker, {{ w }}{% plural %}"
            "{{ number }} deltakere, {{ w }}{% endblocktranslate %}",
            {"n": n, "who": "Åse"},
        )
        for n in (0, 1, 2, 1000)
    ),
]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(("source", "values"), SAID)
def test_a_text_reads_as_djangos_own(source: str, values: dict[str, Any], language: str) -> None:
    with translation.override(language):
        own = Engine(builtins=OWN).from_string(source).render(Context(values))
        assert own == Engine(builtins=DJANGO).from_string(source).render(Context(values))


def test_a_template_is_kept_for_each_language() -> None:
    said = {}
    for language in ("nb", "en", "nb"):
        with translation.override(language):
            said.setdefault(language, set()).add(render_to_string("503.html", {"request_id": "1"}))
    assert len(said["nb"]) == len(said["en"]) == 1
    assert said["nb"] != said["en"]


def test_a_number_must_be_a_number() -> None:
    source = "{% blocktranslate count number=n %}{{ number }} dag{% plural %}{{ number }} dager{% endblocktranslate %}"
    with pytest.raises(TemplateSyntaxError):
        Engine(builtins=OWN).from_string(source).render(Context({"n": "to"}))


def test_another_language_inside_a_template_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Engine(builtins=OWN).from_string('{% language "nn" %}Lagre{% endlanguage %}')
