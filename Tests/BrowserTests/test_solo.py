"""Solo play and the profile in a real browser: guess, score, vote, take back, go on and come back."""

import pytest

from conftest import until


def solo(one) -> None:
    """Goes from the lobby to solo play."""
    one.open()
    one.page.click("#solo")
    one.page.locator(".question.solo .clue").first.wait_for()


def guess(page, text: str) -> None:
    page.fill("#explanation", text)
    page.click("#send")


def test_a_guess_is_scored_and_opens_what_others_say(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    page.get_by_text("explanations are here already").wait_for()
    assert page.locator(".votes li").count() == 0
    before = page.locator("#budget").inner_text()
    assert before == "20 of 20 scores left today"
    guess(page, "words about a quiet evening by the fire")
    page.locator(".own-result .big-number").wait_for(timeout=60_000)
    assert page.locator("#budget").inner_text() == "19 of 20 scores left today"
    # The score stands beside the best one, with a tip and a picture of what the words expect.
    page.locator(".own-result .other strong").wait_for()
    page.locator(".own-result .tip-line").wait_for()
    page.locator(".own-result .versus").wait_for()
    page.locator(".votes li").first.wait_for()
    # What was typed is sent; one stays and may try again.
    assert page.input_value("#explanation") == ""
    assert page.get_by_text("Can you say it better?").is_visible()


def test_votes_are_given_changed_and_taken_back_from_the_profile(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    page.click("#mess")
    first = page.locator(".votes li").first
    first.wait_for()
    assert page.locator("#mess").get_attribute("aria-pressed") == "true"
    up, down = first.locator(".vote.up"), first.locator(".vote.down")
    up.click()
    first.locator(".vote.up[aria-pressed=true]").wait_for()
    down.click()
    first.locator(".vote.down[aria-pressed=true]").wait_for()
    assert up.get_attribute("aria-pressed") == "false"
    second = page.locator(".votes li").nth(1)
    second.locator(".vote.up").click()
    second.locator(".vote.up[aria-pressed=true]").wait_for()
    page.click("#noneFits")
    page.locator("#noneFits[aria-pressed=true]").wait_for()
    page.reload()
    first.locator(".vote.down[aria-pressed=true]").wait_for()
    page.locator("#noneFits[aria-pressed=true]").wait_for()
    page.click(".profile-link")
    rows = page.locator(".ballots li")
    rows.nth(1).wait_for()
    assert rows.count() == 2
    rows.first.get_by_role("button").click()
    until(page, "document.querySelectorAll('.ballots li').length === 1")


def test_the_same_again_is_a_vote_and_says_so(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    page.click("#mess")
    what = page.locator(".votes li .what").first
    what.wait_for()
    text = what.inner_text()
    # The limits of length are kept: only what is folded anyway differs.
    guess(page, "  ".join(text.split(" ")))
    page.get_by_text("it counts as your vote for it").wait_for(timeout=60_000)
    page.locator(".votes li.aimed .vote.up[aria-pressed=true]").wait_for()
    assert page.locator("#budget").inner_text() == "20 of 20 scores left today"


def test_on_and_back_and_after_a_reload_where_one_was(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    heading = page.locator(".solo h1")
    first = heading.inner_text()
    assert page.locator("#solo-back").is_disabled()
    # What is typed and not sent is there after all of it.
    page.fill("#explanation", "not yet sent")
    page.click("#solo-next")
    until(page, f"document.querySelector('.solo h1').textContent !== {first!r}")
    second = heading.inner_text()
    assert page.input_value("#explanation") == ""
    page.reload()
    page.locator(".clue").first.wait_for()
    assert heading.inner_text() == second
    page.click("#solo-back")
    until(page, f"document.querySelector('.solo h1').textContent === {first!r}")
    assert page.input_value("#explanation") == "not yet sent"


def test_by_keys_alone(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    heading = page.locator(".solo h1")
    first = heading.inner_text()
    page.keyboard.press("n")
    until(page, f"document.querySelector('.solo h1').textContent !== {first!r}")
    page.keyboard.press("ArrowLeft")
    until(page, f"document.querySelector('.solo h1').textContent === {first!r}")
    page.keyboard.press("w")
    until(page, "document.activeElement.id === 'explanation'")
    page.keyboard.type("kinds of nothing much")
    page.keyboard.press("Enter")
    page.locator(".votes li").first.wait_for(timeout=60_000)
    page.keyboard.press("Escape")
    until(page, "document.activeElement.id !== 'explanation'")
    page.keyboard.press("j")
    page.locator(".votes li.aimed").wait_for()
    # One's own text may come first, and nobody votes on that.
    if page.locator(".votes li.aimed .vote[disabled]").count() > 0:
        page.keyboard.press("j")
    page.keyboard.press("u")
    page.locator(".votes li.aimed .vote.up[aria-pressed=true]").wait_for()
    page.keyboard.press("u")
    page.locator(".votes li.aimed .vote.up[aria-pressed=false]").wait_for()
    page.keyboard.press("f")
    page.locator("#noneFits[aria-pressed=true]").wait_for()


def test_guessing_first_can_be_switched_off_and_the_server_keeps_it(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    page.click("#show-always")
    page.locator(".votes li").first.wait_for()
    page.goto("about:blank")
    ada.open("#/settings")
    page.locator("#held:not([disabled])").wait_for()
    assert page.locator("#held").is_checked() is False
    page.click("label:has(#held)")
    page.locator("#held:checked").wait_for()
    ada.open("#/solo")
    page.locator(".clue").first.wait_for()
    page.click("#solo-next")
    page.get_by_text("explanations are here already").wait_for()


def test_a_broken_text_says_what_is_wrong_and_keeps_what_was_typed(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    page.fill("#explanation", "a | b | c | d")
    assert page.locator("#send").is_disabled()
    assert "meanings" in page.locator("#write-problem").inner_text()
    page.fill("#explanation", "rain | snow")
    assert page.locator("#write-cost").inner_text() == "Scored together and each alone: 3 scores."
    clue = page.locator(".clue .heat").first.inner_text().strip("\u2026")
    page.fill("#explanation", " ".join(clue.split()[:7]))
    page.click("#send")
    until(page, "document.querySelector('#write-problem').textContent !== ''")
    assert page.input_value("#explanation") != ""


def test_what_is_sent_while_the_network_is_gone_arrives_when_it_is_back(person):
    ada = person("Ada")
    solo(ada)
    page = ada.page
    ada.context.set_offline(True)
    guess(page, "sent into the dark")
    page.wait_for_timeout(500)
    ada.context.set_offline(False)
    page.locator(".own-result .big-number").wait_for(timeout=60_000)
    ada.troubles[:] = [trouble for trouble in ada.troubles if "ERR_INTERNET_DISCONNECTED" not in trouble]


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, {"width": 1280, "height": 900}])
def test_a_newcomers_profile_says_what_there_will_be(person, size):
    ada = person("Ada", viewport=size)
    ada.open("#/me")
    page = ada.page
    page.get_by_text("Finish a daily to begin one.").wait_for()
    page.get_by_text("20 of 20").wait_for()
    assert page.locator(".milestones li").count() == 9
    assert page.locator(".milestones .earned").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_phone_everything_is_in_reach_of_one_thumb(person):
    ada = person("Ada", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    solo(ada)
    page = ada.page
    for name in ("#explanation", "#send", "#solo-back", "#mess", "#solo-next"):
        box = page.locator(name).bounding_box()
        assert box["y"] > 844 / 2 and box["y"] + box["height"] <= 844, name
        assert box["height"] >= 44, name
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
