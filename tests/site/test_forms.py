"""Fields and error summaries: tied together for screen readers, in plain forms, formsets and with a prefix."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.template import Context, Template

from samlop.core.errors import Refused
from samlop.core.forms import DayField, HouseForm


class Contribution(HouseForm):
    text = forms.CharField(label="Bidrag", widget=forms.Textarea, help_text="Skriv kort.")
    on = DayField(label="Dato", required=False)
    minutes = forms.IntegerField(label="Minutter", required=False)
    agrees = forms.ChoiceField(label="Enig", choices=[("y", "Ja"), ("n", "Nei")], widget=forms.RadioSelect)
    helps = forms.MultipleChoiceField(
        label="Hjelp", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    known = forms.BooleanField(label="Kjent")
    unit = forms.ChoiceField(label="Enhet", choices=[("", "Velg"), ("a", "A")])
    paper = forms.FileField(label="Vedlegg")


def html(template: str, **context: Any) -> str:
    return re.sub(r"\s+", " ", Template(template).render(Context(context)))


def test_hint_and_error_belong_to_the_control() -> None:
    form = Contribution({"text": ""})
    drawn = html("{% field form.text %}", form=form)
    assert 'aria-describedby="id_text_hint id_text_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert '<div data-field="description" id="id_text_hint">Skriv kort.</div>' in drawn
    assert 'id="id_text_error"' in drawn
    assert " required" not in drawn


def test_what_may_be_left_out_says_so() -> None:
    assert "(valgfritt)" in html("{% field form.on %}", form=Contribution())
    assert "(valgfritt)" not in html("{% field form.text %}", form=Contribution())


def test_a_group_is_a_group_with_its_error_on_the_group() -> None:
    drawn = html("{% field form.agrees %}", form=Contribution({}))
    assert (
        '<fieldset class="ds-fieldset field" id="id_agrees" role="radiogroup" aria-required="true" aria-invalid="true"'
        in drawn
    )
    assert 'aria-describedby="id_agrees_error"' in drawn
    assert drawn.count('aria-invalid="true"') == 1, "a radio button may not say that it is invalid"
    assert '<label for="id_agrees_1">Nei</label>' in drawn
    several = html("{% field form.helps %}", form=Contribution({}))
    assert several.count('aria-invalid="true"') == 2, "a check box says it itself, its group may not"


def test_a_hint_can_be_given_where_the_field_is_drawn() -> None:
    assert "For eksempel 15.3." in html('{% field form.on hint="For eksempel 15.3." %}', form=Contribution())


def test_the_summary_links_to_each_field_also_in_groups() -> None:
    drawn = html("{% error_summary form %}", form=Contribution({"minutes": "x"}))
    for anchor in ("id_text", "id_minutes", "id_agrees_0", "id_helps_0", "id_known"):
        assert f'href="#{anchor}"' in drawn, anchor
    assert "Minutter: " in drawn, "an error that does not name its field gets the name in front"


def test_nothing_is_shown_where_nothing_is_wrong() -> None:
    assert html("{% error_summary form %}", form=Contribution()).strip() == ""


def test_a_refusal_from_a_command_stands_at_its_field_or_on_top() -> None:
    form = Contribution({"text": "a", "agrees": "y", "helps": "a", "known": "on", "unit": "a"})
    form.is_valid()
    form.refuse(Refused("too_late", "Datoen er for sen.", "on"))
    form.refuse(Refused("changed_meanwhile", "Noen har endret planen."))
    drawn = html("{% error_summary form %}", form=form)
    assert 'href="#id_on"' in drawn
    assert "<li>Noen har endret planen.</li>" in drawn


def test_rows_and_prefixes_have_names_of_their_own() -> None:
    rows = forms.formset_factory(Contribution, extra=0)(
        {"step-TOTAL_FORMS": "2", "step-INITIAL_FORMS": "0", "step-0-text": "a", "step-1-text": ""}, prefix="step"
    )
    drawn = html("{% error_summary rows %}{% for form in rows %}{% field form.text %}{% endfor %}", rows=rows)
    assert 'href="#id_step-1-text"' in drawn
    assert "Rad 2: Fyll ut «Bidrag»." in drawn
    assert 'aria-describedby="id_step-1-text_hint id_step-1-text_error"' in drawn


def test_several_forms_share_one_summary() -> None:
    drawn = html("{% error_summary a b %}", a=Contribution({}, prefix="a"), b=Contribution({}, prefix="b"))
    assert drawn.count("ds-error-summary") == 1
    assert 'href="#id_a-text"' in drawn
    assert 'href="#id_b-text"' in drawn


def test_what_is_missing_is_said_in_words_that_fit() -> None:
    form = Contribution({})
    assert form.errors["text"] == ["Fyll ut «Bidrag»."]
    assert form.errors["agrees"] == ["Velg «Enig»."]
    assert form.errors["unit"] == ["Velg «Enhet»."]
    assert form.errors["known"] == ["Kryss av for «Kjent»."]
    assert form.errors["paper"] == ["Velg en fil: «Vedlegg»."]


def test_a_field_that_a_form_makes_itself_says_what_is_missing_too() -> None:
    class Made(Contribution):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["days"] = forms.MultipleChoiceField(label="Dager", choices=[("1", "mandag")])

    assert Made({}).errors["days"] == ["Velg «Dager»."]
