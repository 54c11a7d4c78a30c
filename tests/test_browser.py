"""A real browser: the journey from search to proof, axe on every template, nothing asked of other hosts."""

import shutil
from pathlib import Path
from urllib.parse import quote

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
        "/agency/digestyrelsen/scorecard", "/agency/digestyrelsen/picture", "/silence", "/recurring",
        "/queue", "/overview",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("start", ["", "/en"])
def test_axe_finds_nothing(browser, demo, address, start, width):
    """Axe has no complaint on any template, in both languages, wide and narrow; nothing scrolls sideways."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    complaints = []
    for path in paths(demo):
        page.goto(address + start + path)
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")["violations"]
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
