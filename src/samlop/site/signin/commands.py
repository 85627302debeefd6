"""What changes in sign-in: passwords, connected identities, language, sign-out everywhere."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.time import today
from samlop.people.models import Membership, Organisation, Person, Unit, User
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from samlop.site.signin.models import SignedIn


@command(why_open="one's own password, or one set by a personal link that the program has checked")
def set_password(*, user: User, password: str, by: Viewer) -> User:
    """Give the user a new password; every other place where they are signed in ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    SignedIn.objects.filter(user=user).delete()
    return done(user)


@command(why_open="one's own sessions")
def sign_out_everywhere(*, user: User, by: Viewer) -> User:
    """End every session of the user, also those that are open in a browser elsewhere."""
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])
    SignedIn.objects.filter(user=user).delete()
    return done(user)


@command(why_open="one's own sessions")
def sign_out_one(*, user: User, place: UUID, by: Viewer) -> None:
    """End one of the user's own sessions. One that has ended already is no fault."""
    for found in SignedIn.objects.filter(user=user, pk=place):
        SessionStore(found.session_key).delete()
        found.delete()


@command(why_open="the language of one's own pages")
def choose_language(*, user: User, language: str, by: Viewer) -> User:
    """Remember the language the user reads in."""
    user.language = language
    user.save(update_fields=["language"])
    return done(user)


@command(why_open="who holds an identity, proved by the provider, connects it to their own account")
def connect_identity(*, user: User, provider: str, subject: str, by: Viewer) -> None:
    """Let an identity (the provider's own pseudonym for the person) sign in to the account; nothing else is kept of it.

    Raises ``Refused`` when it belongs to another account.
    """
    account, made = SocialAccount.objects.get_or_create(provider=provider, uid=subject, defaults={"user": user})
    if not made and account.user_id != user.pk:
        raise Refused(
            "identity_taken",
            _("Denne innloggingen er allerede koblet til en annen konto i Samløp. Be drift om hjelp til å rydde opp."),
        )


@command(why_open="one's own connected identities")
def disconnect_identity(*, user: User, key: int, by: Viewer) -> None:
    """Take away a connected identity. Raises ``Refused`` when it is the only way in that is left."""
    found = SocialAccount.objects.filter(user=user, pk=key)
    others = SocialAccount.objects.filter(user=user).exclude(pk=key)
    if found.exists() and not user.has_usable_password() and not others.exists():
        raise Refused("last_way_in", _("Dette er den eneste måten du kan logge inn på. Lag en annen først."))
    found.delete()


@command(why_open="a participant proved by the provider to be the person the municipality registered")
def open_participant_account(*, persons: list[Person], by: Viewer) -> User:
    """The participant's account: the one they have, else a new one that only an identity can sign in to.

    ``persons`` are the person as each municipality knows them, the oldest first; all are tied to the one account.
    """
    user = next((person.user for person in persons if person.user is not None), None)
    if user is None:
        key = uuid7()
        user = User(pk=key, username=f"deltaker-{key.hex[-12:]}", name=persons[0].name)
        user.set_unusable_password()
        user.save()
    for person in persons:
        if person.user_id != user.pk:
            person.user = user
            person.save(update_fields=["user"])
    return done(user)


@command(why_open="called by the command line of the machine, by those who run it")
def create_operator(*, username: str, name: str, email: str, by: Viewer) -> User:
    """The first user of an installation: runs the service, sees no case. Raises ``Refused`` when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise Refused("username_taken", _("Brukernavnet er i bruk. Velg et annet."), "username")
    user = User.objects.create_user(username, name=name, email=email)
    unit = Unit.objects.filter(kind=UnitKind.OPERATIONS, closed_on=None).first()
    if unit is None:
        organisation = Organisation.objects.create(name=_("Drift av Samløp"), kind=OrganisationKind.OPERATOR)
        unit = Unit.objects.create(organisation=organisation, name=_("Drift"), kind=UnitKind.OPERATIONS)
    Membership.objects.create(user=user, unit=unit, role=Role.OPERATOR, valid_from=today())
    return done(user)


@command(why_open="called by the command line of the machine, by those who run it")
def let_back_in(*, user: User, remove_factors: bool, by: Viewer) -> User:
    """Prepare a user for a new password: sign them out everywhere, and take lost second factors away if asked to."""
    if remove_factors:
        Authenticator.objects.filter(user=user).delete()
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])
    SignedIn.objects.filter(user=user).delete()
    return done(user)
