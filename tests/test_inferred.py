"""Pages of what is inferred: stated against reported, a goal through the years, what moved."""

import csv
import html
import io
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.links.reasons import PHRASES, phrases_of
from web.inferred import held_against
from web.texts import Speaker, load_texts
from web.wording import alike, word_diff

TEXTS = st.lists(st.sampled_from(["mindst", "12", "9", "øvelser", "dage", "pct."]), max_size=12).map(" ".join)


@pytest.fixture
def client(demo):
    """A browser without a network."""
    return demo.app.test_client()


@pytest.fixture
def dispensations(demo):
    """The goal on case time of the plan for 2015, which goes back to 2012 and on to 2024."""
    plan = next(
        row for row in demo.store.documents() if row.title == "Mål- og resultatplan 2015 for Digestyrelsen"
    )
    return next(row for row in demo.store.goals_of(plan.id) if "dispensationer" in row.goal.title)


@given(TEXTS, TEXTS)
def test_a_word_diff_holds_both_texts(before, after):
    """What stayed and what fell out make the first text; what stayed and what came in the second."""
    pieces = word_diff(before, after)
    words = [[word for piece in pieces if piece.kind in kinds for word in piece.text.split()] for kinds in (("same", "gone"), ("same", "come"))]  # fmt: skip
    assert words == [before.split(), after.split()]
    assert alike(before, after) or any(piece.kind != "same" for piece in pieces)


@pytest.mark.parametrize(("start", "words"), [("", "Lettere krav, oplyst i rapporten"), ("/en", "Easier target, disclosed in the report")])  # fmt: skip
def test_stated_against_reported(client, start, words):
    """An easier target is marked word by word, a goal never reported is named, and both lead to their pages."""
    answer = client.get(f"{start}/agency/digestyrelsen/2018/compare")
    assert answer.status_code == 200
    assert words in answer.text
    assert "<del>12</del> <ins>9</ins>" in answer.text
    data = client.get("/agency/digestyrelsen/2018/compare.json").json
    lines = {line["goal"]["title"]: line for plan in data["plans"] for line in plan["goals"]}
    assert lines["Digital selvbetjening"]["inferred"]["never_reported"]
    assert lines["Digevagtens øvelser"]["answers"][0]["inferred"]["against_plan"] == "not_met"
    assert client.get("/agency/digestyrelsen/1999/compare").status_code == 404


def test_what_is_held_against_the_plans_own_target(client):
    """A goal that the report calls met below the plan's target counts as not met in a second sum, beside the report's."""
    page = " ".join(client.get("/agency/digestyrelsen/2018/compare").text.split())
    assert "60.0–80.0 %" not in page
    assert "60–80 % opfyldt <small>efter rapportens egne vurderinger" in page
    assert "45–65 % opfyldt <small>hvor rapportens tal er holdt mod planens egne krav" in page


def test_a_tally_leads_to_its_rows(client):
    """The goals behind a number at the head of the page are one click from it."""
    page = client.get("/agency/digestyrelsen/2018/compare").text
    places = re.findall(r'<span class="where"><a href="#(maal-[0-9-]+)"', page)
    assert len(places) == 2
    assert all(f'id="{place}"' in page for place in places)


def test_which_text_is_in_force(client):
    """Where an amendment restates a goal, its text stands against the plan's, with the day from which it is in force."""
    page = client.get("/agency/digestyrelsen/2020/compare").text
    assert "den gældende tekst" in page
    restated = client.get("/agency/anloebsdirektoratet/2016/compare").text
    assert (restated.count("Ændret ved tillæg"), restated.count(">Gentaget uændret i tillæg<")) == (2, 4)
    assert "<del>14</del> <ins>8</ins>" in page


def test_a_goal_through_the_years(client, dispensations):
    """Every plan that has the goal is a row with its proof, and any two wordings are compared."""
    path = f"/goal/{dispensations.id}/years"
    page = client.get(path).text
    data = client.get(path + ".json").json
    assert len(data["stages"]) >= 8
    assert all(f"/goal/{stage['id']}" in page for stage in data["stages"])
    first, last = data["stages"][0]["id"], data["stages"][-1]["id"]
    assert "<del>60</del>" in client.get(f"{path}?from={first}&to={last}").text
    assert all(f"?from={first}&to={one['id']}".replace("&", "&amp;") in page for one in data["stages"][1:2])
    assert client.get(f"{path}?from=nothing&to={last}").status_code == 400
    assert client.get("/goal/0123456789abcdef/1-2-3/years").status_code == 404


def test_every_stop_of_the_river_leads_to_its_page(client, dispensations):
    """Each plan is a link in the drawing and in the table, and a year between that has none says so."""
    page = client.get(f"/goal/{dispensations.id}/years").text
    drawing = page[page.index('<svg class="chart-wide riv"') : page.index('<svg class="chart-tall riv"')]
    stages = client.get(f"/goal/{dispensations.id}/years.json").json["stages"]
    assert all(f'href="/goal/{stage["id"]}"' in drawing for stage in stages)
    assert "Sagsbehandlingstid for komplekse dispensationer" in drawing
    assert "Ingen plan læst (ikke fundet)" in drawing


def test_a_goal_through_the_years_is_taken_along(client, dispensations):
    """The table as CSV has every plan and link; the drawing is a file of its own that says where it is from."""
    path = f"/goal/{dispensations.id}/years"
    stages = client.get(path + ".json").json["stages"]
    rows = list(csv.DictReader(io.StringIO(client.get(path + ".csv").text)))
    assert {row["goal"] for row in rows} == {stage["id"] for stage in stages}
    assert {(row["from"], row["goal"]) for row in rows if row["from"]} >= {(stages[0]["id"], stages[1]["id"])}
    answer = client.get(path + ".svg")
    assert answer.mimetype == "image/svg+xml"
    drawing = ET.fromstring(answer.text)
    links = [one.get("href") for one in drawing.iter("{http://www.w3.org/2000/svg}a")]
    assert all(f"http://localhost/goal/{stage['id']}" in links for stage in stages)
    assert path in drawing.findtext("{http://www.w3.org/2000/svg}desc")
    assert ".riv-band" in answer.text


def test_what_is_not_sure_never_looks_sure(client, dispensations):
    """A link that is not sure is hatched and says "perhaps"; one that is sure is neither."""
    path = f"/goal/{dispensations.id}/years"
    drawing = client.get(path).text.partition('<svg class="chart-wide riv"')[2].partition("</svg>")[0]
    bands = re.findall(
        r'<a class="riv-band([^"]*)"[^>]*from=([^&]*)&amp;to=([^#]*)#h-ord">(.*?)</a>', drawing, re.DOTALL
    )
    links = [
        link for stage in client.get(path + ".json").json["stages"] for link in stage["inferred"]["links"]
    ]
    assert len(bands) == len(links)
    assert sum("riv-unsure" in style for style, *_ in bands) == sum(not link["sure"] for link in links) > 0
    for style, _, _, drawn in bands:
        assert ("riv-unsure" in style) == ("url(#riv-hatch-wide)" in drawn) == ("Måske" in drawn)


@pytest.mark.parametrize(("start", "words"), [("", "samme titel"), ("/en", "the same title")])
def test_reasons_are_said_in_the_language_of_the_page(client, dispensations, start, words):
    """Why a link is thought to hold stands in Danish on Danish pages and in English on English ones."""
    for path in (f"/goal/{dispensations.id}/years", "/queue"):
        page = client.get(start + path).text.casefold()
        assert words in page
        assert ("sætningerne er de samme" in page) == (start == "")
        assert '<span lang="en">' not in page


def test_every_phrase_of_a_reason_has_words(demo):
    """Each phrase that a reason is made of has a text in both languages, and every reason is read back whole."""
    assert {f"reason_{name}" for name in PHRASES} <= set(load_texts())
    assert all(phrases_of(link["reason"]) for link in demo.store.derived.links())
    assert phrases_of("Titles 67% alike, another number.") == (("titles_alike", 67), ("other_number", None))
    assert phrases_of("Because.") is None


@pytest.mark.parametrize("page", ["", "/compare"])
def test_a_year_leads_to_what_was_before_and_after(client, page):
    """A merged agency's first year leads to its predecessors' last plans, and theirs lead to its first."""
    merged = client.get(f"/agency/oeforbindelsesstyrelsen/2020{page}").text
    for before in ("faergefartsstyrelsen", "anloebsdirektoratet"):
        assert f'<span class="before">Forgænger</span> <a class="t" href="/agency/{before}/2019">' in merged
        last = client.get(f"/agency/{before}/2019{page}").text
        assert (
            '<span class="before">Afløser</span> <a class="t" href="/agency/oeforbindelsesstyrelsen/2020">'
            in last
        )
    assert "Forgænger" not in client.get(f"/agency/oeforbindelsesstyrelsen/2021{page}").text


def test_events_are_filtered_and_exported(client):
    """Filters narrow the list; CSV and JSON have every event of it."""
    every = client.get("/events.json").json
    dropped = client.get("/events.json?type=goal_dropped&agency=havnetilsynet").json
    assert 0 < len(dropped) < len(every)
    assert {event["type"] for event in dropped} == {"goal_dropped"}
    rows = list(
        csv.DictReader(io.StringIO(client.get("/events.csv?type=goal_dropped&agency=havnetilsynet").text))
    )
    assert len(rows) == len(dropped)
    page = client.get("/events?type=goal_dropped&agency=havnetilsynet").text
    assert re.search(r'href="/goal/[0-9a-f]{16}/', page)
    assert client.get("/events?page=0").status_code == 400


@pytest.mark.parametrize(
    ("asked", "printed", "kinds"),
    [
        (
            "Der afholdes mindst 12 øvelser.",
            "Der afholdes mindst 9 øvelser.",
            ["same", "gone", "come", "same"],
        ),
        ("Forbruget falder til højst 410 MWh.", "2018", ["same"]),
        ("Målsætningen er 95 pct. inden 2 dage", "95 pct. inden 2 dage", ["gone", "same"]),
    ],
)
def test_words_are_held_against_each_other_where_they_share_some(asked, printed, kinds):
    """A restated target is compared word by word; where it shares too few, the report's words stand as they are."""
    assert [piece.kind for piece in held_against(asked, printed)] == kinds


def test_what_is_not_there_is_no_number(client):
    """A year without a report has no count of what the report says, and nothing in it is called unanswered."""
    page = client.get("/agency/anloebsdirektoratet/2016/compare").text
    assert page.count('<span class="unset none">Ingen rapport læst</span>') == 3
    assert "Aldrig afrapporteret" not in page


@pytest.mark.parametrize("agency", ["faergefartsstyrelsen", "anloebsdirektoratet"])
def test_a_paper_of_two_agencies_is_told_apart(client, agency):
    """Of a report on two agencies, each one's year has its own results alone, and none of the other's is unplanned."""
    page = client.get(f"/agency/{agency}/2018/compare").text
    assert "<dt>mål i rapporten</dt><dd>5</dd>" in page
    assert "Ingen. Alle rapportens mål findes i planen." in page
    assert "Resultater uden et mål i planen" not in client.get(f"/agency/{agency}/2018").text


def test_a_scorecard_counts_silence_apart(client):
    """Met, partly, not met, unanswered and without a report are counted apart, and add up to the plan's goals."""
    rows = list(csv.DictReader(io.StringIO(client.get("/agency/digestyrelsen/scorecard.csv").text)))
    of_2018 = next(row for row in rows if row["year"] == "2018")
    assert (of_2018["unanswered"], of_2018["no_report"]) == ("1", "0")
    assert (
        sum(int(of_2018[name]) for name in ("met", "partly_met", "not_met", "other", "unsure", "unanswered"))
        == 8
    )
    assert "/agency/digestyrelsen/2018/compare" in client.get("/agency/digestyrelsen/scorecard").text
    assert client.get("/agency/fyrvagten/scorecard").status_code == 404


def test_pictures_through_the_years(client):
    """Each plan's mission stands against the one before, with the page that it is on."""
    page = client.get("/agency/digestyrelsen/picture").text
    assert "Digestyrelsen holder digerne stærke" in page
    assert re.search(r"/document/[0-9a-f]{16}/page/\d+", page)


def test_the_ledger_is_a_page(client):
    """The ledger is filtered by agency, year, kind and state, and exported."""
    rows = client.get("/silence.json?agency=fyrvagten&kind=plan").json
    assert {row["state"] for row in rows} == {"no_public_plan"}
    page = client.get("/silence?agency=digestyrelsen&year=2018&kind=plan").text
    assert re.search(r'<span>Fundet<br><a class="small" href="/document/[0-9a-f]{16}">', page)
    assert "Linket er dødt" in client.get("/silence?agency=digestyrelsen&state=not_found").text
    assert client.get("/silence.csv?state=not_found").text.startswith("agency,year,kind,state,")


@pytest.mark.parametrize("subject", ["sick_leave", "case_time", "budget", "self_service"])
def test_goals_that_come_again(client, subject):
    """Each subject has a grid of agencies and years whose cells lead to their goals."""
    cells = client.get(f"/recurring.json?subject={subject}").json
    assert {cell["agency"] for cell in cells} >= {"digestyrelsen"}
    assert f"/goal/{cells[0]['goal']}" in client.get(f"/recurring?subject={subject}").text
    assert client.get("/recurring?subject=weather").status_code == 400


def test_unsure_links_are_a_queue(client):
    """What is not sure stands in a list of its own, the likeliest first, and nothing sure is among it."""
    links = client.get("/queue.json").json
    assert links
    page = client.get("/queue").text
    side = [html.unescape(found) for found in re.findall(r'<a href="([^"]*)">Se dem side om side', page)]
    assert len(side) == len(links)
    assert all(client.get(address).status_code == 200 for address in side)
    assert "Digestyrelsen 2015" in page
    assert not any(link["sure"] for link in links)
    scores = [link["score"] for link in links]
    assert scores == sorted(scores, reverse=True)
    assert re.search(r'href="/goal/[0-9a-f]{16}/', client.get("/queue").text)
    assert client.get("/queue.csv").text.startswith("type,from,to,method,reason,score")


def test_the_whole_state_is_the_sum_of_its_ministries(client):
    """Each event counts for one ministry and for the whole."""
    whole, *ministries = client.get("/overview.json").json
    assert whole["ministry"] is None
    for name, count in whole["events"].items():
        assert sum(one["events"].get(name, 0) for one in ministries) == count
    page = client.get("/overview").text
    assert "Kystministeriet" in page
    for kind, path, field in (("events", "events", "type"), ("silence", "silence", "state")):
        for one in ministries:
            for name, count in one[kind].items():
                assert f'href="/{path}?{field}={name}&amp;ministry={one["ministry"]}">{count}</a>' in page
                found = client.get(f"/{path}.json?{field}={name}&ministry={one['ministry']}").json
                assert len(found) == count


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_reason_of_the_ledger_has_words(demo, language):
    """What the ledger says of a missing paper is said in the language of the page."""
    speaker = Speaker(language, load_texts())
    reasons = {row.reason for row in demo.store.derived.silence() if row.reason}
    assert len(reasons) > 4
    assert all(speaker.ledger(reason) for reason in reasons)


def test_every_event_has_words(demo):
    """Every type of event that is told has a text in both languages."""
    types = {event["type"] for event in demo.store.derived.events()}
    assert {f"event_{type}" for type in types} <= set(load_texts())
