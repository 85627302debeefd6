"""The command line: help in plain text, refusals as the contracts promise, and the first user of an installation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from samlop.people.models import Membership, User
from samlop.site import cli, run
from samlop.site.demo_people import DEMO_PEOPLE
from tests.house import House


def refusal(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told = capsys.readouterr()
    assert told.out == ""
    found: dict[str, Any] = json.loads(told.err)
    assert found.keys() == {"error", "field", "message"}
    return found


def test_help_is_plain_text_and_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Bruk: samlop UNDERKOMMANDO")
    assert {name for name in cli.SUBCOMMANDS if f"\n  {name} " in told} >= {"run", "law", "backup", "create-operator"}


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ([], "missing_subcommand", "subcommand"),
        (["tull"], "unknown_subcommand", "tull"),
        (["x" * 5000], "unknown_subcommand", "x" * 60 + "…"),
    ],
)
def test_a_call_nobody_understands_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, field: str
) -> None:
    assert cli.main(arguments) == 2
    found = refusal(capsys)
    assert (found["error"], found["field"]) == (code, field)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["run", "--prot", "1"], "--prot"),
        (["run", "--port", "åtte"], "--port"),
        (["backup"], "FIL"),
        (["worker", "x"], "x"),
    ],
)
def test_an_option_nobody_understands_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], field: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert refusal(capsys)["field"] in (field, "$")


def test_every_subcommand_that_is_there_explains_itself() -> None:
    for name, subcommand in cli.SUBCOMMANDS.items():
        if not subcommand.exists or name in ("manage", "survey"):
            continue
        found = subprocess.run(
            [sys.executable, "-m", "samlop.site.cli", name, "--help"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert found.returncode == 0, (name, found.stderr)
        assert len(found.stdout) > 40, name


def test_the_demos_people_are_those_promised() -> None:
    promised = "radgiver nav laerer leder navleder praksis deltaker fremmed fylke forsker drift"
    assert list(DEMO_PEOPLE) == promised.split()


def test_a_port_in_use_is_told_plainly(capsys: pytest.CaptureFixture[str], live_server: Any) -> None:
    port = int(str(live_server).rpartition(":")[2])
    assert run.main(["--port", str(port)]) == 1
    assert f"Noe annet bruker allerede port {port}" in capsys.readouterr().err


@pytest.fixture
def _no_second_setup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "prepare", lambda: None)


@pytest.mark.usefixtures("_no_second_setup")
class TestFirstUser:
    def test_the_operator_comes_in_by_a_link_and_sees_no_case(
        self, capsys: pytest.CaptureFixture[str], client: Client, db: None
    ) -> None:
        assert cli.main(["create-operator", "Drift1", "--name", "Dina Drift"]) == 0
        where = re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)
        assert where
        given = {"password": "fem katter i trappa", "again": "fem katter i trappa"}
        assert client.post(where[1], given).status_code == 302
        client.post("/logg-inn/", {"login": "drift1", "password": given["password"]})
        assert client.get("/konto/").status_code == 200
        membership = Membership.objects.get(user__username="drift1")
        assert (membership.role, membership.unit.kind) == ("operator", "operations")

    def test_a_name_in_use_is_refused(self, capsys: pytest.CaptureFixture[str], house: House) -> None:
        assert cli.main(["create-operator", "adviser", "--name", "Noen"]) == 1
        assert "Brukernavnet er i bruk" in capsys.readouterr().err

    def test_a_link_lets_back_in_who_has_lost_everything(
        self, capsys: pytest.CaptureFixture[str], house: House
    ) -> None:
        from allauth.mfa.models import Authenticator

        user = house.users["adviser"]
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        inside = Client()
        inside.force_login(user)
        assert cli.main(["password-link", "adviser"]) == 0
        assert Authenticator.objects.exists(), "the factor stays unless asked"
        assert inside.get("/konto/").status_code == 302, "signed out everywhere"
        assert cli.main(["password-link", "adviser", "--remove-factors"]) == 0
        assert not Authenticator.objects.exists()
        assert "/logg-inn/nytt-passord/" in capsys.readouterr().out

    def test_no_link_for_a_closed_account(self, capsys: pytest.CaptureFixture[str], house: House) -> None:
        from samlop.core.writing import writing

        with writing("test"):
            User.objects.update(is_active=False)
        assert cli.main(["password-link", "adviser"]) == 1
        assert "ingen åpen konto" in capsys.readouterr().err
