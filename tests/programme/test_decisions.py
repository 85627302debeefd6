"""A decision from draft to the participant's hand, through the pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.letter import letter
from samlop.programme.models import Course, Decision
from tests.house import House
from tests.programme.course_of import AWARD, START, at, decide, facts, know, signed_in

TODAY = date(2026, 2, 20)
TYPED = {
    "start_on": "2.3.2026",
    "planned_end_on": "1.3.2028",
    "end_goal": "work",
    "benefit": "on",
    "norwegian": "on",
    "reasons": "Alle vilkår er oppfylt.",
    "language": "nb",
}


@pytest.fixture
def known(house: House) -> House:
    know(house.case)
    with clock(TODAY):
        facts(house)
    return house


def test_from_draft_to_received_through_the_pages(known: House, client: Client) -> None:
    with clock(TODAY):
        signed_in(known, client, "adviser")
        assert client.post(at(known, "decision_new", "award"), TYPED).status_code == 302
        draft = Decision.objects.get()
        assert client.get(at(known, "decision", draft.pk)).content.decode().count("Undertegn vedtaket") == 0
        assert client.post(at(known, "decision_sign", draft.pk), {"sign-on": "20.2.2026"}).status_code == 403
        signed_in(known, client, "leader")
        assert client.post(at(known, "decision_sign", draft.pk), {"sign-on": "20.2.2026"}).status_code == 302
    course = Course.objects.get(case=known.case)
    assert (course.start_on, course.planned_end_on, course.end_goal) == (START, date(2028, 3, 1), "work")
    with clock(date(2026, 4, 20)):
        signed_in(known, client, "adviser")
        sent = {"sent-how": "post", "sent-sent_on": "23.2.2026"}
        assert client.post(at(known, "decision_sent", draft.pk), sent).status_code == 302
        got = {"received-on": "26.2.2026"}
        assert client.post(at(known, "decision_received", draft.pk), got).status_code == 302
        nir = {"registered-on": "1.3.2026"}
        assert client.post(at(known, "decision_registered", draft.pk), nir).status_code == 302
        page = client.get(at(known, "decision", draft.pk)).content.decode()
    assert "19.03.2026" in page
    assert "forvaltningsloven § 29; forvaltningsloven § 30; integreringsloven § 47" in page
    told = [sentence(entry) for entry in JournalEntry.objects.filter(case=known.case).order_by("seq")]
    assert told[-7:] == [
        "laget utkast til vedtak: tildeling av program",
        "undertegnet vedtak 20.02.2026: tildeling av program",
        "satte datoer for programmet: start 02.03.2026, planlagt slutt 01.03.2028",
        "satte sluttmålet: arbeid",
        "noterte at deltakeren ble gitt vedtaket 23.02.2026 (vanlig post): tildeling av program",
        "noterte at vedtaket ble mottatt 26.02.2026: tildeling av program",
        "noterte at vedtaket ble registrert i NIR 01.03.2026: tildeling av program",
    ]


def test_the_last_day_is_proposed_from_the_law_and_a_person_confirms_it(known: House, client: Client) -> None:
    with clock(TODAY):
        signed_in(known, client, "adviser")
        answer = client.post(at(known, "decision_new", "award"), TYPED | {"planned_end_on": ""})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Vi har foreslått siste dag etter loven." in page
    assert 'value="01.03.2028"' in page
    assert "Alle vilkår er oppfylt." in page
    assert not Decision.objects.exists()


def test_the_draft_begins_with_the_laws_reasons(known: House, client: Client) -> None:
    with clock(TODAY):
        page = signed_in(known, client, "adviser").get(at(known, "decision_new", "award")).content.decode()
    assert "Alle vilkårene for rett til introduksjonsprogram er oppfylt. (integreringsloven § 8" in page


@pytest.mark.parametrize(
    ("goal", "education", "end"),
    [
        ("work", "upper_secondary_or_higher", date(2027, 3, 1)),
        ("work", "below_upper_secondary", date(2028, 3, 1)),
        ("upper_secondary_parts", "below_upper_secondary", date(2029, 3, 1)),
        ("upper_secondary", "below_upper_secondary", date(2030, 3, 1)),
        ("vocational", "below_upper_secondary", date(2031, 3, 1)),
    ],
)
def test_no_award_longer_than_the_law(known: House, goal: str, education: str, end: date) -> None:
    """Integreringsloven §§ 13 and 14 from 2026: 12, 24, 36, 48 and 60 months."""
    by = known.viewer("adviser")
    with clock(TODAY):
        facts(known, education=education)
        data = AWARD | {"end_goal": goal, "planned_end_on": end}
        draft = commands.propose_decision(case=known.case, kind="award", data=data, by=by)
        assert draft.references[-1] == "integreringsloven § 46"
        data = data | {"planned_end_on": end.replace(day=2)}
        with pytest.raises(Refused) as refusal:
            commands.propose_decision(case=known.case, kind="award", data=data, by=by)
    assert (refusal.value.code, refusal.value.field) == ("too_long", "planned_end_on")


def test_a_signed_decision_can_never_change(known: House) -> None:
    with clock(TODAY):
        signed = decide(known, "award", AWARD)
        for act in (
            lambda: commands.change_draft(
                case=known.case, decision=signed.pk, data=AWARD, reasons="x", language="nb", by=known.viewer("adviser")
            ),
            lambda: commands.discard_draft(case=known.case, decision=signed.pk, by=known.viewer("adviser")),
            lambda: commands.sign_decision(case=known.case, decision=signed.pk, by=known.viewer("leader")),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == "already_signed"
    for change in ({"reasons": "noe annet"}, {"status": "draft"}, {"decided_on": date(2026, 1, 1)}):
        with writing("test"), pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=signed.pk).update(**change)
    with writing("test"), pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=signed.pk).delete()


def test_a_change_is_a_new_decision_that_replaces_the_old(known: House, client: Client) -> None:
    with clock(TODAY):
        first = decide(known, "award", AWARD)
        signed_in(known, client, "adviser")
        where = at(known, "decision_new", "award")
        page = client.get(f"{where}?erstatter={first.pk}").content.decode()
        assert "Erstatter vedtaket av 20.02.2026" in page
        assert client.post(where, TYPED | {"erstatter": str(first.pk)}).status_code == 302
        second = Decision.objects.get(status="draft")
        commands.sign_decision(case=known.case, decision=second.pk, by=known.viewer("leader"))
        assert "Erstattet av vedtaket av 20.02.2026" in client.get(at(known, "decision", first.pk)).content.decode()


def test_nobody_signs_without_reasons(known: House) -> None:
    with clock(TODAY):
        draft = commands.propose_decision(case=known.case, kind="award", data=AWARD, by=known.viewer("adviser"))
        with pytest.raises(Refused) as refusal:
            commands.sign_decision(case=known.case, decision=draft.pk, by=known.viewer("leader"))
    assert refusal.value.code == "missing_reasons"


def test_nobody_signs_what_was_changed_after_they_read_it(known: House, client: Client) -> None:
    with clock(TODAY):
        draft = commands.propose_decision(
            case=known.case, kind="award", data=AWARD, reasons="Først", by=known.viewer("adviser")
        )
        read = draft.content
        commands.change_draft(
            case=known.case, decision=draft.pk, data=AWARD, reasons="Så", language="nb", by=known.viewer("adviser")
        )
        signed_in(known, client, "leader")
        typed = {"sign-on": "20.2.2026", "sign-seen": read}
        answer = client.post(at(known, "decision_sign", draft.pk), typed)
        assert answer.status_code == 409
        assert "Noen andre har endret utkastet" in answer.content.decode()
        assert f'value="{draft.refreshed().content}"' in answer.content.decode()
        stale = {**TYPED, "seen": read, "reasons": "Min tekst"}
        signed_in(known, client, "adviser")
        answer = client.post(at(known, "decision_edit", draft.pk), stale)
        assert answer.status_code == 409
        assert "Min tekst" in answer.content.decode()
        assert "Så" in answer.content.decode()


@pytest.mark.parametrize("name", ["adviser", "colleague"])
def test_only_a_leader_signs(known: House, name: str) -> None:
    with clock(TODAY):
        draft = commands.propose_decision(
            case=known.case, kind="award", data=AWARD, reasons="Ja", by=known.viewer("adviser")
        )
        with pytest.raises(Refused) as refusal:
            commands.sign_decision(case=known.case, decision=draft.pk, by=known.viewer(name))
    assert refusal.value.code in ("no_signatory", "no_right_programme")


def test_readers_see_decisions_and_never_drafts(known: House, client: Client) -> None:
    with clock(TODAY):
        draft = commands.propose_decision(
            case=known.case, kind="award", data=AWARD, reasons="Ja", by=known.viewer("adviser")
        )
        for name in ("nav", "teacher", "participant"):
            signed_in(known, client, name)
            assert client.get(at(known, "decision", draft.pk)).status_code == 404
            assert client.get(at(known, "decision_letter", draft.pk)).status_code == 404
            assert "Utkast" not in client.get(at(known, "decisions")).content.decode()
        commands.sign_decision(case=known.case, decision=draft.pk, by=known.viewer("leader"))
        assert signed_in(known, client, "nav").get(at(known, "decision", draft.pk)).status_code == 200
        assert signed_in(known, client, "participant").get(at(known, "decision", draft.pk)).status_code == 404
        commands.note_sent(
            case=known.case, decision=draft.pk, sent_on=TODAY, how="in_person", by=known.viewer("adviser")
        )
        page = client.get(at(known, "decisions")).content.decode()
    assert "Du får introduksjonsprogram fra 02.03.2026 til 01.03.2028. Målet er: arbeid." in page
    assert "Fristen for å klage er 13.03.2026." in page


def test_what_is_about_money_is_not_for_teachers_and_nav(known: House, client: Client) -> None:
    data = {"month": "2026-02", "amount_ore": 1137908, "about": "15 dager uten gyldig grunn"}
    with clock(TODAY):
        signed = decide(known, "deduction", data)
        for name, status in (("adviser", 200), ("leader", 200), ("nav", 404), ("teacher", 404)):
            assert signed_in(known, client, name).get(at(known, "decision", signed.pk)).status_code == status
    entry = JournalEntry.objects.get(code="programme.decision_signed")
    assert entry.section == "economy"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"sent-how": "post", "sent-sent_on": "19.2.2026"}, "før det ble gjort"),
        ({"sent-how": "post", "sent-sent_on": "21.2.2026"}, "fram i tid"),
        ({"sent-how": "", "sent-sent_on": "20.2.2026"}, "Velg «Hvordan»"),
    ],
)
def test_days_that_do_not_fit_are_refused_at_the_field(
    known: House, client: Client, typed: dict[str, str], code: str
) -> None:
    with clock(TODAY):
        signed = decide(known, "award", AWARD)
        answer = signed_in(known, client, "adviser").post(at(known, "decision_sent", signed.pk), typed)
    assert answer.status_code == 422
    assert code in answer.content.decode()


def test_received_is_never_before_sent(known: House) -> None:
    with clock(TODAY):
        signed = decide(known, "award", AWARD, on=date(2026, 2, 1))
        by = known.viewer("adviser")
        with pytest.raises(Refused) as refusal:
            commands.note_received(case=known.case, decision=signed.pk, received_on=TODAY, by=by)
        assert refusal.value.code == "not_sent"
        commands.note_sent(case=known.case, decision=signed.pk, sent_on=date(2026, 2, 10), how="post", by=by)
        with pytest.raises(Refused) as refusal:
            commands.note_received(case=known.case, decision=signed.pk, received_on=date(2026, 2, 9), by=by)
        assert refusal.value.code == "received_before_sent"


def test_a_number_in_the_reasons_is_refused(known: House, client: Client) -> None:
    with clock(TODAY):
        typed = TYPED | {"reasons": "Gjelder 15839010009."}
        answer = signed_in(known, client, "adviser").post(at(known, "decision_new", "award"), typed)
    assert answer.status_code == 422
    assert "fødselsnummer" in answer.content.decode()


def test_a_draft_is_thrown_away_and_the_timeline_says_so(known: House, client: Client) -> None:
    with clock(TODAY):
        draft = commands.propose_decision(case=known.case, kind="award", data=AWARD, by=known.viewer("adviser"))
        assert signed_in(known, client, "adviser").post(at(known, "decision_discard", draft.pk)).status_code == 302
    assert not Decision.objects.exists()
    last = JournalEntry.objects.filter(case=known.case).order_by("-seq").first()
    assert last is not None
    assert sentence(last) == "slettet utkastet til vedtak: tildeling av program"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_letter_says_all_that_the_law_asks(known: House, client: Client, language: str) -> None:
    """Reasons (fvl §§ 24–25), how, to whom and how long one may complain, and the right to see the file (§ 27)."""
    with clock(TODAY):
        signed = decide(known, "award", AWARD, language=language)
        answer = signed_in(known, client, "adviser").get(at(known, "decision_letter", signed.pk))
        said = letter(known.case, signed)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    text = json.dumps(said, ensure_ascii=False).replace("slova §", "sloven §")
    text = text.replace("statsforvaltaren", "statsforvalteren")
    assert said["language"] == language
    assert said["rules"][0] == ("integreringsloven § 8" if language == "nb" else "integreringslova § 8")
    for expected in (
        "Fordi loven sier det.",
        "statsforvalteren",
        "forvaltningsloven § 28",
        "forvaltningsloven § 29",
        "forvaltningsloven §§ 18",
        "integreringsloven § 47",
        "integreringsloven § 12",
        "Leader",
    ):
        assert expected in text


def test_every_kind_can_be_drafted_shown_and_printed(known: House, client: Client) -> None:
    some: dict[str, dict[str, Any]] = {
        "refusal": {"ground": "no_agreement"},
        "plan": {"occasion": "drawn_up", "plan_dated": "20.2.2026", "norwegian": "on", "contract_on": "20.2.2026"},
        "leave": {"reason": "VELFERD", "first_day": "2.4.2026", "last_day": "9.4.2026", "granted": "on", "paid": "on"},
        "stop": {"mode": "temporary", "first_day": "1.5.2026", "last_day": "31.5.2026"},
        "deduction": {"month": "2026-01", "amount_ore": "11 379,08", "about": "15 dager"},
        "repayment": {"amount_ore": "500", "first_day": "1.1.2026", "last_day": "31.1.2026", "about": "Feil"},
    }
    with clock(TODAY):
        signed_in(known, client, "adviser")
        for kind, typed in some.items():
            assert client.get(at(known, "decision_new", kind)).status_code == 200
            answer = client.post(at(known, "decision_new", kind), typed | {"language": "nb"})
            assert (kind, answer.status_code) == (kind, 302)
            made = Decision.objects.get(kind=kind)
            assert client.get(at(known, "decision", made.pk)).status_code == 200
            assert client.get(at(known, "decision_edit", made.pk)).status_code == 200
            assert client.get(at(known, "decision_letter", made.pk)).status_code == 200
        page = client.get(at(known, "decisions")).content.decode()
        assert client.get(at(known, "decision_new", "fine")).status_code == 422
    assert "Vi trekker 11\u00a0379,08\u00a0kr i stønaden for januar\u00a02026. Det gjelder: 15 dager." in page
    assert "Du må betale tilbake 500,00\u00a0kr" in page


def test_what_was_received_stays_when_the_sending_is_saved_again(known: House, client: Client) -> None:
    """Only a day of receipt that no longer fits goes, and one that came from being handed over."""
    with clock(TODAY):
        signed = decide(known, "award", AWARD)
    with clock(date(2026, 3, 20)):
        signed_in(known, client, "adviser")
        received = []
        for how, sent, got in (
            ("post", "23.2.2026", "26.2.2026"),
            ("post", "24.2.2026", ""),
            ("post", "27.2.2026", ""),
            ("in_person", "2.3.2026", ""),
            ("post", "24.2.2026", ""),
        ):
            typed = {"sent-how": how, "sent-sent_on": sent}
            assert client.post(at(known, "decision_sent", signed.pk), typed).status_code == 302
            if got:
                client.post(at(known, "decision_received", signed.pk), {"received-on": got})
            received.append(Decision.objects.get(pk=signed.pk).received_on)
    assert received == [date(2026, 2, 26), date(2026, 2, 26), None, date(2026, 3, 2), None]


@pytest.mark.parametrize("amount", ["Infinity", "-Infinity", "NaN", "1e9999", "10000000", "0,001"])
def test_what_is_no_amount_is_said_at_the_field(known: House, client: Client, amount: str) -> None:
    typed = {"month": "2026-01", "amount_ore": amount, "about": "15 dager", "language": "nb"}
    with clock(TODAY):
        answer = signed_in(known, client, "adviser").post(at(known, "decision_new", "deduction"), typed)
    assert answer.status_code == 422
    assert "Skriv beløpet i kroner" in answer.content.decode()


def test_an_award_is_not_signed_on_a_programme_that_has_ended(known: House, client: Client) -> None:
    with clock(TODAY):
        by = known.viewer("adviser")
        draft = commands.propose_decision(case=known.case, kind="award", data=AWARD, reasons="Ja", by=by)
        ended = date(2026, 2, 15)
        commands.set_dates(case=known.case, start_on=date(2026, 2, 1), planned_end_on=None, by=by)
        commands.end_course(case=known.case, ended_on=ended, reason="work", by=by)
        signed_in(known, client, "leader")
        answer = client.post(at(known, "decision_sign", draft.pk), {"sign-on": "20.2.2026"})
        assert answer.status_code in (409, 422)
        assert "Programmet er avsluttet. Gjenåpne det først." in answer.content.decode()
    course = Course.objects.get(case=known.case)
    assert (course.start_on, course.ended_on, draft.refreshed().status) == (date(2026, 2, 1), ended, "draft")
