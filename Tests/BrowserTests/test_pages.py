"""Settings, the pages of units, and the page on why it matters, on the real server."""

import json
import re

import pytest

from conftest import until


def test_settings_are_applied_at_once_and_kept(person):
    guest = person("guest", color_scheme="light")
    page = guest.page
    guest.open("#/settings")
    page.locator("h1", has_text="Settings").wait_for()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    assert page.locator("#sound").is_checked() is False and page.locator("#vibration").is_checked() is False
    page.check("input[name=theme][value=dark]", force=True)
    page.check("input[name=motion][value=less]", force=True)
    page.check("#sound")
    dark = page.evaluate(paper)
    assert dark != light
    assert page.locator("meta[name=theme-color]").first.get_attribute("content") == dark
    page.reload()
    page.locator("#sound").wait_for()
    assert page.evaluate(paper) == dark
    assert page.locator("#sound").is_checked()
    assert page.evaluate("document.documentElement.dataset.motion") == "less"
    page.check("input[name=theme][value=system]", force=True)
    assert page.evaluate(paper) == light


def test_another_tab_follows_the_settings(person):
    guest = person("guest", color_scheme="light")
    guest.open()
    other = guest.context.new_page()
    other.goto(guest.arena + "#/settings")
    other.check("input[name=theme][value=dark]", force=True)
    until(guest.page, "document.documentElement.dataset.theme === 'dark'")


def test_explicit_texts_are_hidden_until_somebody_wants_them_and_the_server_keeps_it(person):
    guest = person("guest")
    page = guest.page
    guest.open("#/settings")
    switch = page.locator("#explicit:not([disabled])")
    switch.wait_for()
    assert switch.is_checked() is False
    page.click("label:has(#explicit)")
    page.locator("#explicit:checked").wait_for()
    page.goto("about:blank")
    guest.open("#/settings")
    page.locator("#explicit:checked").wait_for()


def frames_of(page) -> list:
    """All that the server says from now on, as it comes; for it to be heard, the page has a socket of its own."""
    frames = []
    page.add_init_script("window.SharedWorker = undefined")
    page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: frames.append(json.loads(frame)) if isinstance(frame, str) else None))
    return frames


def test_a_unit_is_sealed_during_its_round_and_opens_by_itself_afterwards(person):
    guest = person("guest")
    frames = frames_of(guest.page)
    guest.open()
    guest.page.click("#practise")
    guest.page.locator("button.choice[data-side=a]:not([disabled])").wait_for()
    started = [f for f in frames if f.get("type") == "duel.roundStarted" or f.get("type") == "duel.snapshot"][-1]["data"]
    unit = (started.get("round") or started["duel"]["round"])["unit"]["id"]

    reader = guest.context.new_page()
    reader.goto(f"{guest.arena}#/unit/{unit}")
    reader.locator(".sealed", has_text="sealed").wait_for()
    assert reader.locator(".explanations, .clues").count() == 0
    assert reader.locator("a", has_text="Back to the round").get_attribute("href").startswith("#/duel/")

    guest.page.click("button.choice[data-side=a]")
    guest.page.locator(".reveal").wait_for(timeout=45_000)
    reader.locator(".explanations li").first.wait_for(timeout=20_000)
    assert reader.locator(".clues > li").count() > 0
    # The reveal leads there, beside the duel.
    link = guest.page.locator(".reveal a.unit-link").first
    assert unit in link.get_attribute("href") and link.get_attribute("target") == "_blank"


def test_a_units_page_tells_what_is_known_and_leads_on(person):
    guest = person("guest")
    frames = frames_of(guest.page)
    guest.open()
    guest.page.click("#practise")
    guest.page.locator("button.choice").first.wait_for()
    started = [f for f in frames if f.get("type") in ("duel.roundStarted", "duel.snapshot")][-1]["data"]
    unit = (started.get("round") or started["duel"]["round"])["unit"]["id"]
    reader = person("reader")
    page = reader.page
    reader.open(f"#/unit/{unit}")
    page.locator(".explanations li").first.wait_for()
    assert re.match(r"(Neuron|Attention head|Feature|Direction)", page.locator("h1").inner_text())
    assert page.locator(".explanations .interval").count() > 0
    assert "likely" in page.locator(".explanations").inner_text()
    assert page.locator(".tokens.up li").count() > 0
    before = page.locator(".clues > li").count()
    page.click("#more-texts")
    assert page.locator(".clues > li").count() > before
    near = page.locator(".near a")
    if near.count() > 0:
        near.first.click()
        page.wait_for_url(lambda url: unit not in url)
        page.locator("h1").wait_for()


@pytest.mark.parametrize("unit", ["smollm2-135m/1/mlp/99999", "nobody/0/mlp/0"])
def test_an_unknown_unit_is_said_to_be_one(person, unit):
    guest = person("guest")
    guest.open(f"#/unit/{unit}")
    guest.page.locator("[role=alert]", has_text="No campaign that is open here").wait_for()


def test_why_it_matters_names_its_sources(person):
    guest = person("guest")
    page = guest.page
    guest.open()
    page.locator(".foot a", has_text="Read more").click()
    page.locator("h1", has_text="Why read neurons?").wait_for()
    links = page.locator(".sources a")
    assert links.count() >= 5
    for link in links.all():
        assert link.get_attribute("href").startswith("https://")
        assert link.get_attribute("rel") == "noopener noreferrer"
    page.locator("a", has_text="[4]").click()
    assert "Templeton" in page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_top_bar_has_room_for_the_longest_name_which_is_changed_on_the_profile(person, width):
    guest = person("guest", viewport={"width": width, "height": 844})
    page = guest.page
    guest.open()
    link = page.locator(".profile-link")
    page.locator(".profile-link .name:not(:empty)").wait_for(state="attached")
    link.click()
    page.fill("#name", "WWWWWWWWWWWWWWWWWWWWWWWW")
    page.keyboard.press("Enter")
    page.locator(".toast", has_text="your name").wait_for()
    until(page, "document.querySelector('.profile-link .name').textContent === 'W'.repeat(24)")
    assert link.get_attribute("aria-label") == "Your profile, WWWWWWWWWWWWWWWWWWWWWWWW"
    # Nothing of the name is cut off on a phone: its first letter stands for it.
    assert page.locator(".profile-link .name").is_visible() is (width == 1440)
    assert page.locator(".avatar").inner_text() == "W"
    for element in page.locator(".topbar > *:not(.spacer)").all():
        box = element.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] >= 44 and box["height"] >= 44
    page.reload()
    until(page, "document.querySelector('#name')?.value === 'W'.repeat(24)")
    assert page.get_by_role("button", name="Save").is_disabled()
