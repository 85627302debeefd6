"""Forms of sign-in, in the house's words. Codes count towards the lock-out like passwords do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as FactorForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.core.forms import HouseForm
from samlop.people.models import User
from samlop.site.signin.lockout import Attempt, wait

CODE_INPUT = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"})


class _House(forms.Form):
    """The house's manners for the library's forms: our own texts, no doubled ones from the browser."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class SignInForm(_House, LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Brukernavn")
        self.fields["login"].widget.attrs.update({"placeholder": "", "autocapitalize": "none", "spellcheck": "false"})
        self.fields["login"].error_messages["required"] = _("Skriv brukernavnet ditt.")
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].error_messages["required"] = _("Skriv passordet ditt.")


class PasswordAgainForm(_House, ReauthenticateForm):
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].error_messages["required"] = _("Skriv passordet ditt.")


class _Code(_House):
    """A code from the app or a recovery code; wrong ones count towards the lock-out of the account's codes."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.widget = _("Kode"), CODE_INPUT
        code.error_messages["required"] = _("Skriv koden fra appen, eller en reservekode.")

    def clean_code(self) -> str:
        attempt = Attempt.of(context.request, f"code:{self.user.pk}")
        wrong: forms.ValidationError | None = None
        code = ""
        with attempt.alone():
            until = attempt.locked_until()
            if until is None:
                try:
                    code = super().clean_code()  # type: ignore[misc]
                    attempt.succeeded()
                except forms.ValidationError as error:
                    attempt.failed()
                    wrong = error
        if until is not None:
            raise wait(until)
        if wrong is not None:
            raise wrong
        return code


class CodeForm(_Code, FactorForm):
    """The second step of sign-in."""


class CodeAgainForm(_Code, FactorAgainForm):
    """A code once more, before something important."""


class ActivateAppForm(_Code, ActivateTOTPForm):
    """The first code from a new app: proof that it works."""


class _Proof(_House):
    """What a passkey answers. Anything may be sent here, also what is no answer at all."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (forms.ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, forms.ValidationError) and error.code == "locked_out":
                raise
            raise forms.ValidationError(
                _("Passnøkkelen ble ikke godtatt. Prøv igjen, eller logg inn på en annen måte."), code="refused"
            ) from error


class PasskeyForm(_Proof, LoginWebAuthnForm):
    """A passkey alone."""


class PasskeyStepForm(_Proof, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(_Proof, ReauthenticateWebAuthnForm):
    """A passkey once more, before something important."""


class PasskeyNameForm(_House, EditWebAuthnForm):
    """What its owner calls a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Navn")
        self.fields["name"].widget.attrs["maxlength"] = "60"
        self.fields["name"].error_messages["required"] = _("Skriv et navn, for eksempel «Jobbmobilen».")


class AddPasskeyForm(_House, AddWebAuthnForm):
    """A new passkey: its name, and what the browser answered. It can always be used alone to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"].label = _("Navn")
        self.fields["name"].help_text = _("For eksempel «Jobbmobilen». Navnet hjelper deg å kjenne den igjen.")
        self.fields["credential"].error_messages["required"] = _(
            "Nettleseren lagde ingen passnøkkel. Prøv igjen, eller bruk en kodeapp."
        )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True  # demands that the device has checked who holds it
        try:
            cleaned: dict[str, Any] | None = super().clean()
        except (forms.ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise forms.ValidationError(
                _("Passnøkkelen ble ikke godtatt. Enheten må låses opp med finger, ansikt eller PIN-kode. Prøv igjen.")
            ) from error
        return cleaned or {}


class NewPasswordForm(HouseForm):
    """A new password, written twice."""

    password = forms.CharField(
        label=gettext_lazy("Nytt passord"),
        help_text=gettext_lazy("Minst 12 tegn. Tre–fire ord etter hverandre er lett å huske og vanskelig å gjette."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Skriv det en gang til"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if {"password", "again"} <= cleaned.keys() and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("De to passordene er ikke like. Skriv dem på nytt."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """A new password by someone who knows the old one."""

    current = forms.CharField(
        label=gettext_lazy("Passordet du har nå"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again", "once")

    def clean_current(self) -> str:
        from allauth.account.adapter import get_adapter

        current = str(self.cleaned_data["current"])
        if not get_adapter().reauthenticate(self.user, current):
            raise forms.ValidationError(_("Passordet stemmer ikke."))
        return current


class DemoNameForm(HouseForm):
    """In the demo: the name of the participant one wants to be."""

    name = forms.CharField(max_length=620)
