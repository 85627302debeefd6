"""The account of somebody who is given a role: the e-mail address says who it is."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.people.models import Membership, User
from samlop.people.names import clean_name


def account_of(email: str, name: str, phone: str = "") -> User:
    """The account with the address, as it is; else a new one that nobody can sign in to yet.

    Raises ``Refused``: ``account_closed``, ``missing_name``.
    """
    address = email.strip().lower()
    found = User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).order_by("-is_active").first()
    if found is not None:
        if not found.is_active:
            raise Refused("account_closed", _("Kontoen er stengt. Spør den som drifter Samløp."), "email")
        return found
    name = clean_name(name, "name")
    if not name:
        raise Refused("missing_name", _("Skriv navnet på den nye kollegaen."), "name")
    user = User(username=address, email=address, name=name, phone=phone.strip())
    user.set_unusable_password()
    user.save()
    return user


def never_in(user: User) -> bool:
    """Whether an open account has been made for somebody who has never chosen a password or signed in."""
    return user.is_active and not user.has_usable_password() and user.last_login is None


def keep(membership: Membership) -> Membership:
    """Save a new membership. Raises ``Refused('already_member')``."""
    try:
        with transaction.atomic():
            membership.save(force_insert=True)
    except IntegrityError:
        text = _("%(name)s har allerede denne rollen i perioden.") % {"name": membership.user.name}
        raise Refused("already_member", text, "email") from None
    return membership
