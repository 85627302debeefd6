"""The first user of a new installation, and personal links for those who cannot get in.

``samlop create-operator`` makes a user who runs the service and sees no case; they set up municipalities and
appoint leaders on the pages (``people``), and leaders give everybody else their roles.
``samlop password-link`` prints a link by which a user makes a new password, and can take a lost second factor away.
"""

from __future__ import annotations

from samlop.site.arguments import Arguments
from samlop.site.embedded import DatabaseTrouble


def create(arguments: list[str]) -> int:
    """Make the user, the unit of operations if there is none, and print the link for the password."""
    parser = Arguments("create-operator", "Lager en driftsbruker, som styrer installasjonen og ikke ser noen sak.")
    parser.add_argument("username", metavar="BRUKERNAVN")
    parser.add_argument("--name", required=True, metavar="NAVN", help="personens navn, slik andre ser det")
    parser.add_argument("--email", default="", metavar="E-POST")
    options = parser.parse_args(arguments)
    from samlop.site.cli import prepare

    prepare()
    from samlop.access.viewer import Viewer
    from samlop.core.errors import Refused
    from samlop.site.signin.commands import create_operator

    by = Viewer.system("samlop create-operator")
    try:
        user = create_operator(username=options.username.lower(), name=options.name, email=options.email, by=by)
    except Refused as refusal:
        raise DatabaseTrouble(refusal.text) from None
    print(f"{user.name} kan lage et passord her, innen tre dager:\n{_link(user)}")
    return 0


def link(arguments: list[str]) -> int:
    """Print a link for a new password."""
    parser = Arguments("password-link", "Skriver en personlig lenke til nytt passord. Den virker én gang, i tre dager.")
    parser.add_argument("username", metavar="BRUKERNAVN")
    parser.add_argument(
        "--remove-factors", action="store_true", help="fjern også bekreftelsen i to trinn, når telefonen er borte"
    )
    options = parser.parse_args(arguments)
    from samlop.site.cli import prepare

    prepare()
    from samlop.access.viewer import Viewer
    from samlop.people.models import User
    from samlop.site.signin.commands import let_back_in

    user = User.objects.filter(username=options.username.lower(), is_active=True).first()
    if user is None:
        raise DatabaseTrouble("Det finnes ingen åpen konto med det brukernavnet.")
    let_back_in(user=user, remove_factors=options.remove_factors, by=Viewer.system("samlop password-link"))
    print(f"{user.name} kan lage et nytt passord her, innen tre dager:\n{_link(user)}")
    return 0


def _link(user: object) -> str:
    from django.conf import settings
    from django.contrib.auth.tokens import default_token_generator
    from django.urls import reverse

    from samlop.people.models import User

    assert isinstance(user, User)
    path = reverse("account:new_password", args=[user.pk, default_token_generator.make_token(user)])
    scheme = "http" if settings.DEMO else "https"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.')}{path}"
