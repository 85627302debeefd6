"""Forms of the run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samlop.benefit.questions import Question, answers
from samlop.benefit.vocabulary import Answer
from samlop.core.forms import DayField, HouseForm


class AttemptForm(HouseForm):
    """Approving what was on the screen."""

    attempt = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RuleForm(HouseForm):
    """Acknowledging an open question of the law."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)


class RollsForm(HouseForm):
    """Accepting that rolls are missing."""

    why = forms.CharField(label=_("Hvorfor kan det betales likevel?"), max_length=300, required=False)


class PaymentDayForm(HouseForm):
    """The municipality's payment day."""

    day = forms.IntegerField(
        label=_("Utbetalingsdag i måneden etter"),
        min_value=1,
        max_value=28,
        error_messages={"invalid": _("Skriv et tall fra 1 til 28.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
    )


class QuestionForm(HouseForm):
    """The answer to a question about one participant."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(label=_("Svar"), choices=Answer.choices, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Hvorfor"), max_length=300, required=False, error_messages={"required": _("Skriv kort hvorfor.")}
    )
    holds_until = DayField(
        label=_("Svaret gjelder til og med"),
        required=False,
        help_text=_("Et svar du godtar, gjelder også de neste månedene, til opplysningene bak det endres."),
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question is None:
            return
        given = answers(question.code)
        if not question.may_hold:
            del self.fields["holds_until"]
        self.fields["why"].required = question.code != "protected"
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in given]
        self.initial = {**self.initial, "code": question.code, "about": question.about}
        if len(given) == 1:
            self.initial["answer"] = given[0].value


class ReopenForm(HouseForm):
    """Asking an answered question again."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Hvorfor skal spørsmålet åpnes igjen?"),
        max_length=300,
        required=False,
        error_messages={"required": _("Skriv kort hvorfor.")},
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        if question is not None:
            self.initial = {**self.initial, "code": question.code, "about": question.about}


class ElsewhereForm(HouseForm):
    """How a difference was settled otherwise than in a run."""

    why = forms.CharField(label=_("Hvordan er det gjort opp?"), max_length=300)
