"""A real browser: the journey from search to proof, axe on every template, nothing asked of other hosts."""

import io
import shutil
from pathlib import Path
from urllib.parse import quote

import pdfplumber  # noqa: TID251 - reads what the browser printed
import pytest

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, headless."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(demo):
    """The demo state's site."""
    with demo.served() as served:
        yield served


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_search_to_proof(browser, address, script):
    """Search, a facet, a goal, its page image with a box: with JavaScript and without it."""
    context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.fill("#q", "sygefravær")
    page.click("button[type=submit]")
    page.check("input[name=agency][value=digestyrelsen]")
    page.check("input[name=kind][value=goal]")
    page.click(".apply button")
    page.click(".hits h2 a")
    assert page.locator("blockquote.theirs").first.is_visible()
    image = page.locator(".sheet img").first
    image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    box = page.locator(".sheet svg rect.hl, .sheet svg rect.bx").first.bounding_box()
    frame = image.bounding_box()
    assert box["width"] > 5
    assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]
    assert all(url.startswith(address) for url in asked)
    assert said == []
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_field_lights_its_boxes(browser, demo, address, script):
    """Hovering or focusing a field lights its own boxes on the page, and no other's; a pin leads there."""
    plan = next(row for row in demo.store.documents() if row.goals > 3)
    goal = next(item for item in demo.store.goals_of(plan.id) if item.goal.targets)
    context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 1400})
    page = context.new_page()
    page.goto(f"{address}/goal/{goal.id}")
    pins = page.locator(".pin")
    first, second = pins.nth(0), pins.nth(1)

    def width(pin):
        rect = page.locator(f"{pin.get_attribute('href')} rect").first
        return rect.evaluate("node => getComputedStyle(node).strokeWidth")

    assert (width(first), width(second)) == ("1px", "1px")
    first.hover()
    assert (width(first), width(second)) == ("2px", "1px")
    second.focus()
    page.mouse.move(0, 0)
    assert (width(first), width(second)) == ("1px", "2px")
    page.keyboard.press("Enter")
    assert page.url.endswith(second.get_attribute("href"))
    context.close()


def told(demo):
    """Goals whose years have parts that split and merge, ones that came back, and several bodies."""
    titles = {"Sagsbehandlingstid for dispensationer", "Sygefravær", "Gode forbindelser til øerne"}
    found = {
        goal.goal.title: goal.id
        for row in demo.store.documents()
        for goal in demo.store.goals_of(row.id)
        if goal.goal.title in titles
    }
    assert set(found) == titles
    return found.values()


def paths(demo):
    """One address of every template."""
    plan = next(row for row in demo.store.documents() if row.goals and row.state == "read")
    report = next(row for row in demo.store.documents() if row.results)
    goal = demo.store.goals_of(plan.id)[0]
    result = demo.store.results_of(report.id)[0]
    return [
        "/", f"/search?q={quote('sygefravær')}", "/search?q=xyzzy", f"/goal/{goal.id}", f"/result/{result.id}",
        f"/document/{plan.id}", f"/document/{plan.id}/page/1", "/agency/digestyrelsen", "/agency/digestyrelsen/2018",
        "/agency/oeforbindelsesstyrelsen", "/agency/moderniseringsstyrelsen", "/agency/beredskabsstyrelsen",
        "/ministry/kystministeriet", "/ministry/forsvarsministeriet", "/findings", "/about", "/nothing-here",
        "/agency/digestyrelsen/2018/compare", f"/goal/{goal.id}/years", "/events",
        *(f"/goal/{id}/years" for id in told(demo)), "/agency/oeforbindelsesstyrelsen/2020",
        "/agency/digestyrelsen/scorecard", "/agency/digestyrelsen/picture", "/silence", "/recurring",
        "/queue", "/overview",
    ]  # fmt: skip


def printed(page, url):
    """The text of each sheet that a page prints on, and its size in points."""
    page.goto(url)
    # A browser fetches lazy images before it shows what it will print; without a window nobody waits for them.
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")
    pdf = pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [
        (sheet.extract_text() or "", round(sheet.width), round(sheet.height), sheet) for sheet in pdf.pages
    ]


def test_stated_against_reported_on_paper(browser, demo, address):
    """Every goal is printed with its crops, all seven columns, and where it is from; nothing to click is."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sheets = printed(page, f"{address}/agency/digestyrelsen/2018/compare")
    text = "\n".join(said for said, *_ in sheets)
    plan = next(
        row for row in demo.store.documents() if row.title == "Mål- og resultatplan 2018 for Digestyrelsen"
    )
    words = text.split()
    assert all(word in words for goal in demo.store.goals_of(plan.id) for word in goal.goal.title.split())
    for column in (
        "Vægt",
        "Krav i planen",
        "Krav i rapporten",
        "Resultat",
        "Rapportens vurdering",
        "Mod planens krav",
    ):
        assert column in text
    assert sum(len(sheet.images) for *_, sheet in sheets) == page.locator(".crop img").count()
    assert all(abs(width - 842) < 2 and abs(height - 595) < 2 for _, width, height, _ in sheets)
    assert all(word["x1"] <= width for _, width, _, sheet in sheets for word in sheet.extract_words())
    assert "/agency/digestyrelsen/2018/compare" in text
    assert "Om og metode" not in text
    assert "opdigtet" in text


@pytest.mark.parametrize("path", ["events", "queue", "silence", "overview", "recurring", "agency/digestyrelsen/scorecard", "agency/digestyrelsen/picture", "agency/digestyrelsen", "agency/digestyrelsen/2018"])  # fmt: skip
def test_no_sheet_is_empty_or_cut(browser, address, path):
    """A page prints without its navigation and forms, begins on its first sheet, and nothing runs over the edge."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sheets = printed(page, f"{address}/{path}")
    assert all(len(said.split()) > 8 for said, *_ in sheets)
    assert len(sheets[0][0].split("\n")) > 8 or len(sheets) == 1
    assert all(word["x1"] <= width for _, width, _, sheet in sheets for word in sheet.extract_words())
    assert not any(
        word in said for said, *_ in sheets for word in ("Om og metode", "Vis resultater", "English")
    )


@pytest.mark.parametrize("kind", ["goal", "result"])
def test_a_page_image_is_printed_whole(browser, demo, address, kind):
    """On paper each page image stands on one sheet, so that its boxes lie where they belong."""
    rows = [row for paper in demo.store.documents() for row in getattr(demo.store, f"{kind}s_of")(paper.id)]
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sheets = printed(page, f"{address}/{kind}/{rows[0].id}")
    images = [image for *_, sheet in sheets for image in sheet.images if image["width"] > 300]
    assert len(images) == page.locator(".pageside .sheet img").count()
    assert all(image["top"] >= 0 and image["bottom"] <= 842 for image in images)


def test_a_river_is_printed_whole(browser, demo, address):
    """The river stands on one upright sheet, with every year of it."""
    plan = next(
        row for row in demo.store.documents() if row.title == "Mål- og resultatplan 2015 for Digestyrelsen"
    )
    goal = next(row for row in demo.store.goals_of(plan.id) if "dispensationer" in row.goal.title)
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sheets = printed(page, f"{address}/goal/{goal.id}/years")
    assert all(width < height for _, width, height, _ in sheets)
    assert all(str(year) in sheets[0][0] for year in range(2012, 2024))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("start", ["", "/en"])
def test_axe_finds_nothing(browser, demo, address, start, width):
    """Axe has no complaint on any template, small targets too, in both languages, wide and narrow; nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints = []
    for path in paths(demo):
        page.goto(address + start + path)
        page.evaluate(AXE)
        found = page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")["violations"]
        complaints += [(path, item["id"], item["nodes"][0]["html"][:120]) for item in found]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            complaints.append((path, "sideways scroll", str(width)))
    context.close()
    assert complaints == []


def test_nothing_scrolls_sideways_at_320(browser, demo, address):
    """The narrowest phone shows every template without scrolling sideways (WCAG 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    wide = []
    for path in paths(demo):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []
