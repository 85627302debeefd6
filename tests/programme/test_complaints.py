"""A complaint, from the day it comes to the answer of statsforvalteren."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.programme import commands
from samlop.programme.models import Complaint, Decision
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

LATER = date(2026, 7, 1)
RECEIVED = date(2026, 4, 20)
"""The example of the contract: notified 20 April 2026, to be complained on by 11 May."""


@pytest.fixture
def given(house: House) -> House:
    know(house.case)
    with clock(RECEIVED):
        facts(house)
        signed = decide(house, "award", AWARD)
        commands.note_sent(
            case=house.case, decision=signed.pk, sent_on=RECEIVED, how="in_person", by=house.viewer("adviser")
        )
    return house


def complain(house: House, on: date = date(2026, 5, 11), **more: str) -> Complaint:
    decision = Decision.objects.get()
    return commands.register_complaint(
        case=house.case, decision=decision.pk, received_on=on, complainant="Amina", by=house.viewer("adviser"), **more
    )


def test_through_the_pages_to_the_answer(given: House, client: Client) -> None:
    key = Decision.objects.get().pk
    with clock(LATER):
        signed_in(given, client, "adviser")
        typed = {
            "complaint-received_on": "11.5.2026",
            "complaint-complainant": "Amina Østby",
            "complaint-about": "Vil ha lengre program",
        }
        assert client.post(at(given, "complaint_new", key), typed).status_code == 302
        row = Complaint.objects.get()
        page = client.get(at(given, "decision", key)).content.decode()
        assert "I tide" in page
        assert "Svar eller foreløpig svar innen 11.06.2026 (forvaltningsloven § 11 a)." in page
        assert "ikke kontrollert i lovteksten" in page
        steps = (
            ("complaint_reconsider", {"reconsider-result": "upheld", "reconsider-on": "1.6.2026",
                                      "reconsider-reasons": "Ikke noe nytt"}),
            ("complaint_forward", {"forward-on": "2.6.2026"}),
            ("complaint_outcome", {"outcome-outcome": "repealed", "outcome-on": "30.6.2026"}),
        )  # fmt: skip
        for name, data in steps:
            assert (name, client.post(at(given, name, key, row.pk), data).status_code) == (name, 302)
        page = client.get(at(given, "decision", key)).content.decode()
    assert "30.06.2026: vedtaket er opphevet" in page
    told = [sentence(entry) for entry in JournalEntry.objects.filter(code__contains="complaint").order_by("seq")]
    assert told == [
        "registrerte en klage fra 11.05.2026, i tide: tildeling av program",
        "vurderte klagen 01.06.2026 – kommunen opprettholder vedtaket: tildeling av program",
        "sendte klagen til statsforvalteren 02.06.2026: tildeling av program",
        "noterte svaret fra statsforvalteren 30.06.2026 – vedtaket er opphevet, og kommunen må avgjøre saken på nytt: "
        "tildeling av program",
    ]


def test_one_day_late_is_late_and_needs_a_reason_to_be_treated(given: House, client: Client) -> None:
    key = Decision.objects.get().pk
    with clock(LATER):
        row = complain(given, date(2026, 5, 12))
        signed_in(given, client, "adviser")
        assert "For sen" in client.get(at(given, "decision", key)).content.decode()
        typed = {"reconsider-result": "changed", "reconsider-on": "1.6.2026", "reconsider-reasons": "Ny opplysning"}
        answer = client.post(at(given, "complaint_reconsider", key, row.pk), typed)
        assert answer.status_code == 422
        assert "Klagen kom for sent" in answer.content.decode()
        late = {"late-reasons": "Var på sykehus"}
        assert client.post(at(given, "complaint_late", key, row.pk), late).status_code == 302
        assert client.post(at(given, "complaint_reconsider", key, row.pk), typed).status_code == 302
    assert row.refreshed().late_accepted == "Var på sykehus"


def test_the_steps_come_in_order(given: House) -> None:
    by = given.viewer("adviser")
    with clock(LATER):
        row = complain(given)
        with pytest.raises(Refused) as refusal:
            commands.forward(case=given.case, complaint=row.pk, on=LATER, by=by)
        assert refusal.value.code == "not_upheld"
        with pytest.raises(Refused) as refusal:
            commands.note_outcome(case=given.case, complaint=row.pk, on=LATER, outcome="upheld", by=by)
        assert refusal.value.code == "not_sent"
        for on, reasons, code in (
            (date(2026, 5, 10), "Ja", "before_complaint"),
            (date(2026, 7, 2), "Ja", "future_day"),
            (LATER, " ", "missing_reasons"),
        ):
            with pytest.raises(Refused) as refusal:
                commands.reconsider(case=given.case, complaint=row.pk, on=on, result="upheld", reasons=reasons, by=by)
            assert refusal.value.code == code
        with pytest.raises(Refused) as refusal:
            complain(given)
        assert refusal.value.code == "already_open"


def test_the_days_stand_once_somebody_has_complained(given: House) -> None:
    with clock(LATER):
        complain(given)
        with pytest.raises(Refused) as refusal:
            commands.note_received(
                case=given.case, decision=Decision.objects.get().pk, received_on=LATER, by=given.viewer("adviser")
            )
    assert refusal.value.code == "has_complaint"


def test_nobody_complains_on_what_they_have_not_been_given(house: House) -> None:
    know(house.case)
    with clock(RECEIVED):
        facts(house)
        decide(house, "award", AWARD)
        with pytest.raises(Refused) as refusal:
            complain(house, RECEIVED)
    assert refusal.value.code == "not_sent"


def test_the_participant_follows_the_complaint_and_writes_nothing(given: House, client: Client) -> None:
    key = Decision.objects.get().pk
    with clock(LATER):
        complain(given)
        page = signed_in(given, client, "participant").get(at(given, "decision", key)).content.decode()
        assert "Klage 11.05.2026" in page
        assert "Lagre vurderingen" not in page
        assert client.post(at(given, "complaint_new", key), {}).status_code == 403


def test_more_than_a_year_after_the_decision_a_late_complaint_can_only_be_dismissed(
    given: House, client: Client
) -> None:
    """Forvaltningsloven § 31 third paragraph: on the day a year after it still may be treated, the day after not."""
    key = Decision.objects.get().pk
    late = {"late-reasons": "Var på sykehus"}
    with clock(date(2027, 5, 1)):
        signed_in(given, client, "adviser")
        typed = {
            "complaint-received_on": "21.4.2027",
            "complaint-complainant": "Amina Østby",
            "complaint-late_accepted": "Var på sykehus",
        }
        answer = client.post(at(given, "complaint_new", key), typed)
        assert answer.status_code == 422
        assert "kan bare avvises (forvaltningsloven § 31)" in answer.content.decode()
        assert not Complaint.objects.exists()
        row = complain(given, date(2027, 4, 21))
        answer = client.post(at(given, "complaint_late", key, row.pk), late)
        assert answer.status_code == 422
        assert "kan bare avvises (forvaltningsloven § 31)" in answer.content.decode()
        typed = {"reconsider-result": "dismissed", "reconsider-on": "1.5.2027", "reconsider-reasons": "For sen"}
        assert client.post(at(given, "complaint_reconsider", key, row.pk), typed).status_code == 302
        row = complain(given, date(2027, 4, 20))
        assert client.post(at(given, "complaint_late", key, row.pk), late).status_code == 302


def test_what_can_only_be_dismissed_is_not_offered_anything_else(given: House, client: Client) -> None:
    key = Decision.objects.get().pk
    with clock(date(2027, 5, 1)):
        page = signed_in(given, client, "adviser")
        complain(given, date(2027, 4, 21))
        text = page.get(at(given, "decision", key)).content.decode()
    assert "Klagen kom mer enn ett år etter vedtaket. Den kan bare avvises" in text
    assert "Behandle klagen likevel" not in text
    assert ("Avviser klagen" in text, "Opprettholder vedtaket" in text) == (True, False)
