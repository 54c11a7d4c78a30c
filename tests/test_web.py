"""Pages and data of the demo state, asked for without a socket."""

import csv
import io
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from crawler.archive import open_archive
from ingest.images import Busy, PageImages
from ingest.records import Finding, State
from search.whoosh_engine import WhooshEngine
from web import lists
from web.app import create_app
from web.texts import Speaker, load_texts

PAGES = [
    "/",
    "/search?q=sygefravær",
    "/findings",
    "/about",
    "/agency/digestyrelsen",
    "/agency/digestyrelsen/2018",
    "/ministry/kystministeriet",
]


@pytest.fixture
def client(demo):
    """A browser without a network."""
    return demo.app.test_client()


@pytest.fixture
def goal(demo):
    """A goal of the plan for 2018 that says something of sick leave."""
    plan = next(
        row for row in demo.store.documents() if row.title == "Mål- og resultatplan 2018 for Digestyrelsen"
    )
    return next(row for row in demo.store.goals_of(plan.id) if "ygefravær" in row.goal.title)


@pytest.mark.parametrize("start", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_in_both_languages(client, start, path):
    """Every list page answers in Danish and English, says so, and carries the strict headers."""
    answer = client.get(start + path)
    assert answer.status_code == 200
    assert f'<html lang="{"en" if start else "da"}">' in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert ("fictional small state" if start else "opdigtet lille stat") in answer.text


def test_a_goal_shows_its_words_and_its_proof(client, goal):
    """A goal's page has its own words, its targets, its page with boxes, and the hash of its document."""
    text = client.get(f"/goal/{goal.id}").text
    for line in goal.goal.text.split("\n"):
        assert line in text
    assert 'class="bx"' in text
    assert f"/document/{goal.document.id}.pdf#page={goal.goal.quotes[0].page}" in text
    assert goal.document.sha256[:8] in text


def test_fields_are_pinned_to_their_boxes(client, demo):
    """Every number beside a field leads to that number's boxes on the page image, and both name the field."""
    plans = [row for row in demo.store.documents() if row.kind == "plan"]
    goals = [item for row in plans for item in demo.store.goals_of(row.id)]
    goal = next(item for item in goals if item.goal.targets and item.goal.weight and item.goal.text)
    text = client.get(f"/goal/{goal.id}").text
    pins = re.findall(r'class="pin" href="#(boks-\d+)"', text)
    assert len(pins) >= 3
    assert len(set(pins)) == len(pins)
    assert sorted(pins) == sorted(re.findall(r'<g class="b\d+" id="(boks-\d+)"', text))
    target = goal.goal.targets[0].quotes[0].box
    assert f'class="bx-target" x="{round(target.x0 - 1.5, 1)}"' in text


def test_hits_show_their_place(client):
    """A hit carries a crop of its page: a small picture of exactly the window that its address names."""
    text = client.get("/search?q=sygefravær&kind=goal").text
    address = re.search(r'src="(/document/[0-9a-f]+/page/\d+/(\d+)-(\d+)-(\d+)-(\d+)\.webp)"', text)
    answer = client.get(address[1])
    assert answer.headers["Cache-Control"].endswith("immutable")
    with Image.open(io.BytesIO(answer.data)) as image:
        left, top, right, bottom = (int(edge) for edge in address.groups()[1:])
        assert image.size == pytest.approx(((right - left) * 2, (bottom - top) * 2), abs=2)


@pytest.mark.parametrize("window", ["10-10-5-20", "0-0-9999-10", "5-5-5-5"])
def test_no_crop_beyond_the_page(client, goal, window):
    """A window that is empty or leaves the page is not there."""
    assert client.get(f"/document/{goal.document.id}/page/1/{window}.webp").status_code == 404


def test_words_behind_an_id_are_ignored(client, goal):
    """An address may end in the goal's words; the canonical link carries them."""
    answer = client.get(f"/goal/{goal.id}/noget-andet")
    assert answer.status_code == 200
    assert f'rel="canonical" href="/goal/{goal.id}/' in answer.text


def test_moved_goals_are_found(client, goal):
    """An id a few points off leads to the nearest goal; one far off says so and links to the page."""
    document, _, place = goal.id.partition("/")
    page, top, left = place.split("-")
    near = client.get(f"/goal/{document}/{page}-{int(top) + 5}-{left}")
    assert (near.status_code, near.headers["Location"]) == (302, f"/goal/{goal.id}")
    far = client.get(f"/goal/{document}/1-1-1")
    assert far.status_code == 410
    assert f"/document/{document}/page/1" in far.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/search?farve=1", 400),
        ("/search?page=x", 400),
        ("/about?farve=1", 400),
        ("/agency/digestyrelsen?farve=1", 400),
        ("/findings.csv?q=1", 400),
        ("/goal/x/y", 404),
        ("/agency/nobody", 404),
        ("/agency/digestyrelsen/0", 404),
        ("/agency/digestyrelsen/99999", 404),
        ("/document/{plan}/page/99999999999999999999", 404),
        ("/document/{plan}/page/99999999999999999999.webp", 404),
        ("/document/0000000000000000", 404),
    ],
)
def test_mistakes_are_pages(client, demo, path, code):
    """A wrong address is a plain page with the right status, in both languages; a huge number is no crash."""
    plan = next(row.id for row in demo.store.documents() if row.kind == "plan")
    assert client.get(path.replace("{plan}", plan)).status_code == code
    assert client.get("/en" + path.replace("{plan}", plan)).status_code == code


def test_a_place_beyond_all_pages_is_no_crash(client, goal):
    """A place of hundreds of digits, on a page that has goals, is not there."""
    page = goal.goal.quotes[0].page
    assert client.get(f"/goal/{goal.document.id}/{page}-{'9' * 400}-1").status_code == 404


def test_search_answers_as_data(client):
    """The same search as JSON and CSV, with every key of the contract."""
    data = client.get("/search.json?q=sygefravær").get_json()
    assert data["total"] >= 5
    assert list(data["hits"][0]) == [
        "id",
        "kind",
        "title",
        "agency",
        "year",
        "document",
        "sha256",
        "index",
        "page",
        "score",
        "marks",
    ]
    rows = list(csv.reader(io.StringIO(client.get("/search.csv?q=sygefravær").text)))
    assert rows[0][0] == "id"
    assert len(rows) > 5


def rows_of(client, path):
    """The lines of a CSV, as dicts."""
    answer = client.get(path)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_lists_are_tables_too(client, demo):
    """Agency, its year, ministry and the matrix are CSV at the same address with .csv behind it."""
    documents = rows_of(client, "/agency/digestyrelsen.csv")
    assert {row["document"] for row in documents} == {
        row.id for row in demo.store.documents() if "digestyrelsen" in row.agencies
    }
    goals = rows_of(client, "/agency/digestyrelsen/2023.csv")
    assert {"met", "partly_met", "not_met"} & {row["status"] for row in goals}
    mine = rows_of(client, "/ministry/kystministeriet.csv")
    assert ("havnetilsynet", "2008-01-01", "2019-12-31") in {
        (r["agency"], r["from"], r["until"]) for r in mine
    }
    assert {row["report"] for row in rows_of(client, "/index.csv")} == {"true", "false"}


@pytest.mark.parametrize(
    ("agency", "year", "state"),
    [
        ("digestyrelsen", 2018, "read"),
        ("vandloese", 2018, None),
        ("fyrvagten", 2018, "no_public_plan"),
        ("klitnaevnet", 2022, "html_only"),
        ("havnetilsynet", 2024, "not_found"),
        ("klitnaevnet", 2015, None),
    ],
)
def test_the_matrix_names_what_is_missing(client, agency, year, state):
    """A cell says how a plan is missing; a year before the agency existed has no cell."""
    found = client.get("/index.json").get_json()["agencies"]
    assert {(c["agency"], c["year"]): c["state"] for c in found}.get((agency, year)) == state


def test_ministries_without_documents_stay_away(client):
    """The real ministries of the packaged sources are not shown beside the fictional state."""
    assert "Forsvarsministeriet" not in client.get("/").text


def test_a_misspelt_search_offers_another(client):
    """A search that finds nothing offers a near word that finds something."""
    text = client.get("/search?q=sygefravr").text
    assert re.search(r'Mente du <a href="search\?q=sygefrav%C3%A6r"><b>sygefravær</b>', text)
    assert "Mente du" not in client.get("/search?q=xqzwxqzw").text


def test_facets_narrow(client):
    """A facet's count is what choosing it finds."""
    data = client.get("/search.json?q=sygefravær").get_json()
    first = data["facets"]["agency"][0]
    chosen = client.get(f"/search.json?q=sygefravær&agency={first['value']}").get_json()
    assert chosen["total"] == first["count"]


def test_an_agency_leads_to_its_plan(client):
    """A name, a former name or an abbreviation, with a year, puts that agency's plan first."""
    for query in ("digestyrelsen 2018", "DIGE 2018"):
        first = client.get("/search.json", query_string={"q": query}).get_json()["hits"][0]
        assert (first["kind"], first["agency"], first["title"]) == (
            "document",
            "digestyrelsen",
            "Mål- og resultatplan 2018 for Digestyrelsen",
        )


def test_the_pdf_is_the_kept_one(client, demo, goal):
    """The PDF is answered byte for byte, inline, as what it is."""
    answer = client.get(f"/document/{goal.document.id}.pdf")
    assert answer.data == demo.archive.read(goal.document.sha256)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert (
        client.get(f"/document/{goal.document.id}.pdf?download=1")
        .headers["Content-Disposition"]
        .startswith("attachment")
    )


def test_page_images_are_drawn(client, goal):
    """A page that carries a quote was drawn by ingest; another is drawn when asked for; beyond is 404."""
    assert client.get(f"/document/{goal.document.id}/page/1.webp").data[8:12] == b"WEBP"
    assert client.get(f"/document/{goal.document.id}/page/99.webp").status_code == 404


def test_records_are_served_whole(client, demo, goal):
    """A goal's JSON is its record."""
    data = json.loads(client.get(f"/goal/{goal.id}.json").text)
    assert data["goal"]["title"] == goal.goal.title
    assert (
        client.get(f"/document/{goal.document.id}.json").get_json()["document"]["sha256"]
        == goal.document.sha256
    )


def test_every_text_is_in_both_languages():
    """No text is empty, and Danish and English differ or are the same word on purpose."""
    assert all(len(both) == 2 and all(both) for both in load_texts().values())


def test_a_plan_that_is_a_web_page_is_listed(client):
    """An agency whose plan is only a page shows that page's address and when it was kept."""
    text = client.get("/agency/klitnaevnet").text
    assert "http://demo.example/portal/om/klitnaevnet/maal-og-resultatplan/" in text
    assert "SHA-256" in text


def test_unknown_parameters_are_named(client):
    """A misspelt parameter is named with those that are known, in the language of the address."""
    assert "Siden kender ikke »farve«. Kendte felter: q, agency" in client.get("/search?farve=1").text
    assert "This page does not know »farve«. It takes none." in client.get("/en/about?farve=1").text


def test_mistakes_are_data_where_data_was_asked_for(client):
    """On a .json address an error is problem JSON in the page's language; on other files it is a line."""
    answer = client.get("/en/agency/nobody.json")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404
    assert "nothing at this address" in answer.get_json()["title"]
    assert client.get("/document/0000000000000000.pdf").mimetype == "text/plain"


def test_the_method_that_is_allowed_is_named(client):
    """405 keeps the Allow header that HTTP asks for."""
    answer = client.post("/about")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_unchanged_page_is_not_sent_again(client):
    """The ETag is of the store's generation: the same until it changes, on pages and data, errors never."""
    first = client.get("/agency/digestyrelsen")
    again = client.get("/agency/digestyrelsen", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/about", headers={"If-None-Match": 'W/"old"'}).status_code == 200
    assert "ETag" not in client.get("/nothing-here").headers


def test_style_sheets_never_change_at_their_address(client):
    """A style sheet's address carries the digest of all static files; another digest is not there."""
    address = re.search(r'href="(/static/[0-9a-f]{12}/maalspor\.css)"', client.get("/").text)[1]
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/000000000000/maalspor.css").status_code == 404


def test_a_lost_index_is_said(demo, tmp_path):
    """Without an index the search says so in the page's language, as a page and as data; other pages stand."""
    app = create_app(demo.archive, demo.store, WhooshEngine(tmp_path / "none"), demo.images)
    client = app.test_client()
    assert client.get("/search?q=x").status_code == 503
    assert "Søgningen er ikke klar" in client.get("/search?q=x").text
    assert "Search is not ready" in client.get("/en/search.json?q=x").get_json()["title"]
    assert client.get("/about").status_code == 200


def test_a_lost_original_is_said(demo, tmp_path):
    """A PDF that the archive has lost is named as such, not shown as a crash."""
    app = create_app(open_archive(str(tmp_path / "empty")), demo.store, demo.engine, demo.images)
    row = demo.store.documents()[0]
    answer = app.test_client().get(f"/document/{row.id}.pdf")
    assert (answer.status_code, "mangler i arkivet" in answer.text) == (404, True)


def test_busy_says_when_to_come_again(demo):
    """While two pages are being drawn, a third is 503 with Retry-After."""

    class Crowded(PageImages):
        def get(self, document, page):
            raise Busy

    app = create_app(
        demo.archive, demo.store, demo.engine, Crowded(demo.folder / "images", demo.archive.read)
    )
    row = next(row for row in demo.store.documents() if row.pages)
    answer = app.test_client().get(f"/document/{row.id}/page/1.webp")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


SOURCES = [
    path for name in ("ingest", "crawler") for path in (Path(__file__).parents[1] / name).rglob("*.py")
]


def said_codes(pattern):
    """Every code that the reader or the crawler may say."""
    return {code for path in SOURCES for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_finding_has_words():
    """Each finding's code, and each problem of a visit, is worded in both languages; a new one needs its lines."""
    codes = said_codes(r'code="([a-z0-9_]+)"') | said_codes(r'(?:failed\("[a-z]+", |_warning\()"([a-z_]+)"')
    codes |= set(get_args(State)) - {"read", "crashed"}
    keys = {f"finding_{code}" for code in codes} | {f"finding_head_{code}" for code in codes}
    manual = (Path(__file__).parents[1] / "docs" / "manual.md").read_text(encoding="utf-8")
    problems = re.findall(
        r"^\| `([a-z_]+)` \|", manual.split("## Problems")[1].split("\n## ")[0], re.MULTILINE
    )
    keys |= {f"problem_{code}" for code in (*problems, *said_codes(r'problem="([a-z_]+)"'))}
    assert keys - set(load_texts()) == set()


@pytest.mark.parametrize(
    ("message", "danish"),
    [
        ("The weights add up to 97.5, not 100.", "Vægtene giver 97,5, ikke 100."),
        ("The weights do something new.", None),
    ],
)
def test_findings_are_worded_with_their_figure(message, danish):
    """The figure of a finding's message stands in the page's language; a message without one is left as it is."""
    finding = Finding(code="weights_do_not_sum", level="warning", message=message, page=None)
    assert Speaker("da", load_texts()).finding(finding) == danish


def test_a_long_list_of_findings_says_what_it_leaves_out(client, monkeypatch):
    """A page shows the first of a kind, says how many there are, and leads to all of them."""
    monkeypatch.setattr(lists, "MOST_SHOWN", 2)
    text = client.get("/findings").text
    count = len(rows_of(client, "/findings.csv"))
    assert re.search(r'Her er de første 2 af \d+\. <a href="/findings.csv">', text)
    assert text.count('class="t" href="/document/') < count


def test_findings_speak_danish(client):
    """The page of findings has no English on it in Danish."""
    text = client.get("/findings").text
    assert "dage efter, at perioden begyndte" in text
    assert 'lang="en">The' not in text


@pytest.mark.parametrize(("start", "word"), [("", "Forgænger"), ("/en", "Predecessor")])
def test_predecessors_years_stand_on_the_agency_page(client, demo, start, word):
    """A merged agency's page lists its predecessors' documents, marked as theirs, and leads to their years."""
    text = client.get(f"{start}/agency/oeforbindelsesstyrelsen").text
    before = [
        *demo.store.documents_of("faergefartsstyrelsen"),
        *demo.store.documents_of("anloebsdirektoratet"),
    ]
    assert before
    assert all(f"/document/{row.id}" in text for row in before)
    assert f"{start}/agency/anloebsdirektoratet/2018" in text
    assert text.count(f">{word}<") == len(before)


def test_a_real_ministry_and_its_history_are_shown(client):
    """Periods, moves, marks of addresses and what is only background knowledge stand on the pages."""
    text = client.get("/agency/moderniseringsstyrelsen").text
    for words in (
        "31. oktober 2011 – 29. februar 2020",
        "fra 1. marts 2020",
        "Lagt sammen",
        "baggrundsviden",
    ):
        assert words in text
    text = client.get("/en/agency/hjemmevaernskommandoen").text
    assert "known by title" in text
    assert "until 28 August 2024" not in text
    assert "28 August 2024" in client.get("/en/ministry/forsvarsministeriet").text
    assert "Wrongly called" in client.get("/en/agency/forsvarsministeriets-ejendomsstyrelse").text
