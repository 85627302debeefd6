"""The line: stations in order, today's mark, the goal in own words – on the page, on the phone and on paper."""

from __future__ import annotations

import io
import re
import time
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.plan import commands
from samlop.plan.line import drawing
from samlop.plan.line.lettering import width, wrap
from samlop.plan.line.stations import Goal, Kind, Line, Shape, Station
from samlop.plan.queries import plan_line
from samlop.programme.models import Course
from tests.house import House
from tests.plan.conftest import LivingPlan
from tests.plan.test_contributions import signed_in
from tests.plan.test_versions import make

ON = date(2026, 6, 30)


def line_of(living: LivingPlan, on: date = ON) -> Line:
    with at(on):
        return plan_line(living.viewer("participant"), living.case).line


@pytest.fixture
def with_dates(living: LivingPlan) -> LivingPlan:
    """Settled 1 December 2025, a talk 10 March, the programme until 30 June 2028."""
    with writing("test"):
        living.case.settled_on = date(2025, 12, 1)
        living.case.save()
        Course.objects.create(case=living.case, planned_end_on=date(2028, 6, 30))
    make(living)
    return living


def test_stations_stand_in_order_with_today_between_what_is_behind_and_ahead(with_dates: LivingPlan) -> None:
    line = line_of(with_dates)
    assert [(station.kind, station.title, station.when) for station in line.stations] == [
        (Kind.START, "Bosatt", "01.12.2025"),
        (Kind.STEP, "Norskkurs kveld og dag", "12.01.2026–19.06.2026"),
        (Kind.TALK, "Plansamtale 1", "10.03.2026"),
        (Kind.TODAY, "I dag", "30.06.2026"),
        (Kind.PARTIAL_GOAL, "Norsk på nivå B1", ""),
        (Kind.STEP, "Språkpraksis på sykehjemmet", "fra 17.08.2026"),
    ]
    assert line.goal.own == "أريد أن أعمل في رعاية المسنين"
    assert line.goal.when == "Programmet varer til 30.06.2028"


def test_each_status_has_a_shape_and_a_word_of_its_own(with_dates: LivingPlan) -> None:
    adviser = with_dates.viewer("adviser")
    shapes = {}
    for status in ("planned", "ongoing", "done", "stopped"):
        commands.report_step(case=with_dates.case, step=with_dates.practice, status=status, result="Slik", by=adviser)
        station = next(each for each in line_of(with_dates).stations if each.step_id == str(with_dates.practice.pk))
        shapes[station.shape] = station.status
    assert shapes == {
        Shape.PLANNED: "planlagt",
        Shape.ONGOING: "pågår",
        Shape.DONE: "fullført",
        Shape.STOPPED: "avbrutt",
    }


def test_after_the_programme_nothing_lies_ahead(with_dates: LivingPlan) -> None:
    with writing("test"):
        Course.objects.filter(case=with_dates.case).update(ended_on=date(2026, 5, 1), end_reason="work")
    line = line_of(with_dates)
    assert line.today_at is None
    assert drawing.wide(line).ahead == ""
    assert drawing.tall(line).ahead == ""


def test_a_reached_goal_stands_on_its_day(with_dates: LivingPlan) -> None:
    with at(ON):
        commands.reach_partial_goal(
            case=with_dates.case,
            partial_goal=with_dates.goal,
            reached_on=date(2026, 2, 1),
            by=with_dates.viewer("adviser"),
        )
    kinds = [station.shape for station in line_of(with_dates).stations]
    assert kinds.index(Shape.REACHED) < kinds.index(Shape.TALK)


def svgs(html: str) -> list[ElementTree.Element]:
    found = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg role=.*?</svg>", html, re.S)]
    assert len(found) == 2, "one wide, one for the phone"
    return found


def test_the_picture_says_what_it_is_and_stands_in_words_below(with_dates: LivingPlan, client: Client) -> None:
    client = signed_in(client, with_dates.house, "participant")
    with at(ON):
        html = client.get(reverse("plan:line", args=[with_dates.case.pk])).content.decode()
    for svg in svgs(html):
        assert svg.find("title") is not None
        assert "pleiemedarbeider" in str(svg.findtext("desc"))
        assert not [each for each in svg.iter() if "style" in each.attrib], "strict content security policy"
        own = [each for each in svg.iter("text") if each.get("lang") == "ar"]
        assert {each.get("direction") for each in own} == {"rtl"}
        texts = " ".join(each.text or "" for each in svg.iter("text"))
        for word in ("Bosatt", "I dag", "Plansamtale 1", "planlagt", "17.08.2026"):
            assert word in texts
    listed = html.split('<ol class="line-list">')[1]
    for word in ("Bosatt", "Norskkurs kveld og dag", "Plansamtale 1", "I dag", "Språkpraksis på sykehjemmet", "أريد"):
        assert word in listed


def test_what_people_write_is_text_in_the_picture(living: LivingPlan, client: Client) -> None:
    commands.set_long_term_goal(
        case=living.case, text='Bli <b>"kokk"</b> & eier </svg><script>', by=living.viewer("adviser")
    )
    html = signed_in(client, living.house, "nav").get(reverse("plan:line", args=[living.case.pk])).content.decode()
    assert "<script>" not in html.split("<main")[1].split("</main")[0]
    assert "kokk" in "".join(svgs(html)[0].itertext())


def test_a_case_without_a_plan_has_a_line_too(house: House, client: Client) -> None:
    client = signed_in(client, house, "participant")
    html = client.get(reverse("plan:line", args=[house.case.pk])).content.decode()
    assert "Målet er ikke skrevet ennå" in html
    assert client.get(reverse("plan:pdf", args=[house.case.pk])).content.startswith(b"%PDF")


def test_a_case_without_a_day_of_settlement_has_a_line_too(house: House, client: Client) -> None:
    with writing("test"):
        type(house.case).objects.filter(pk=house.case.pk).update(settled_on=None, status="ended", closed_at=now())
    client = signed_in(client, house, "adviser")
    assert client.get(reverse("plan:line", args=[house.case.pk])).status_code == 200
    assert client.get(reverse("plan:pdf", args=[house.case.pk])).status_code == 200


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 17, 60])
def test_nothing_is_drawn_outside_however_long_the_way_is(count: int) -> None:
    long = "Arbeidsmarkedsopplæring " * 4
    stations = [Station(Kind.STEP, Shape.PLANNED, long, "x" * 90, "01.01.2026–31.12.2026", "NAV", "planlagt")] * count
    stations.append(Station(Kind.TODAY, Shape.TODAY, "I dag", when="20.11.2026"))
    line = Line(stations, Goal("ም" * 300, "ti", "w" * 300, "Programmet varer til 30.06.2028"), "ti")
    for picture in (drawing.wide(line), drawing.tall(line)):
        for mark in picture.marks:
            assert 0 < mark.x < picture.width
            for words in mark.words:
                assert 0 < words.y < picture.goal.y, "above the goal"
        for words in picture.goal.words:
            assert picture.goal.y < words.y < picture.goal.y + picture.goal.height < picture.height
            assert width(words.text, 16) < picture.width


def test_texts_are_broken_at_words_and_cut_with_a_sign() -> None:
    assert wrap("Språkpraksis på sykehjemmet i bygda", 15, 150, 3) == ["Språkpraksis på", "sykehjemmet i", "bygda"]
    assert wrap("a b c", 15, 1000, 1) == ["a b c"]
    assert wrap("", 15, 100, 2) == []
    (cut,) = wrap("Arbeidsmarkedsopplæringsprogrammet for nyankomne", 15, 120, 1)
    assert cut.endswith(" …")
    assert width(cut, 15) <= 120


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Veien til målet", "Bosatt", "I dag", "planlagt", "Målet"]),
        ("nn", ["Vegen til målet", "Busett", "I dag", "planlagt", "Målet"]),
        ("en", ["The way to the goal", "Settled", "Today", "planned", "The goal"]),
    ],
)
def test_the_pdf_is_tagged_and_speaks_three_languages_with_own_words_beside(
    with_dates: LivingPlan, client: Client, language: str, words: list[str]
) -> None:
    with writing("test"):
        type(with_dates.practice).objects.filter(pk=with_dates.practice.pk).update(title_own="تدريب لغوي")
    client = signed_in(client, with_dates.house, "participant")
    address = reverse("plan:pdf", args=[with_dates.case.pk])
    client.get(address)
    start = time.perf_counter()
    with at(ON):
        answer = client.get(address, {"sprak": language})
    assert time.perf_counter() - start < 1, "under a second"
    assert answer.headers["Content-Disposition"] == f'inline; filename="veien-til-malet-{language}.pdf"'
    pdf = PdfReader(io.BytesIO(answer.content))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"], "tagged"
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(language)
    assert b"pdfuaid" in answer.content
    text = " ".join(page.extract_text() for page in pdf.pages)
    for word in [*words, "Norskkurs kveld og dag", "17.08.2026"]:
        assert word in text, text
    assert "Jeg vil bli pleiemedarbeider" in text
    letters = set(text)
    assert letters & set("أريدأعملفيرعايةالمسنين"), "the participant's own words are there"
    assert letters & set("تدريبلغوي")
    assert "\ufffd" not in text


@pytest.mark.parametrize(
    ("code", "words"),
    [("ti", "ኣብ ሆስፒታል ክሰርሕ"), ("uk", "Хочу працювати"), ("so", "Waxaan rabaa"), ("prs", "می‌خواهم نرس شوم")],
)
def test_every_script_has_its_letters(living: LivingPlan, client: Client, code: str, words: str) -> None:
    commands.set_long_term_goal(case=living.case, own_text=words, own_language=code, by=living.viewer("participant"))
    answer = signed_in(client, living.house, "participant").get(reverse("plan:pdf", args=[living.case.pk]))
    pdf = PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert set(words) - set(" \u200c") <= set(text) | set("یک"), "each letter is in the text of the document"
    fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in fonts_of(page)}
    assert all("NotoSans" in font for font in fonts), fonts


def fonts_of(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_what_people_write_is_never_read_as_markup(living: LivingPlan, client: Client) -> None:
    nasty = '#panic("nei") $x$ *fet* "sitat" \\ `kode` #import "/etc/passwd" <a> @b'
    commands.set_long_term_goal(case=living.case, text=nasty, by=living.viewer("adviser"))
    answer = signed_in(client, living.house, "nav").get(reverse("plan:pdf", args=[living.case.pk]))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert '#panic("nei") $x$ *fet* "sitat"' in text.replace("\n", " ")


def test_an_unknown_language_gives_the_language_of_the_page(living: LivingPlan, client: Client) -> None:
    answer = signed_in(client, living.house, "nav").get(
        reverse("plan:pdf", args=[living.case.pk]), {"sprak": "../../x"}
    )
    assert 'filename="veien-til-malet-nb.pdf"' in answer.headers["Content-Disposition"]
    assert translation.get_language() == "nb"


@pytest.mark.parametrize("name", ["stranger", "employer", "county"])
def test_strangers_get_no_line_and_no_pdf(living: LivingPlan, client: Client, name: str) -> None:
    client = signed_in(client, living.house, name)
    for page in ("plan:line", "plan:pdf"):
        assert client.get(reverse(page, args=[living.case.pk])).status_code == 404
