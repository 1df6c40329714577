"""What is for practice says so in plain words, and where several campaigns are open one chooses."""

import re
import time

import pytest

from conftest import ROOT, Person, arena_of, people_at
from test_duel import DUEL_SECONDS, play_on, start_private_duel
from test_imported import import_made_up

HASTE = ["--set", "duel-timing-countdown=1s", "--set", "duel-timing-pick-reveal=2s"]
PRACTICE = "Practice: answers are public, so no rating moves."


def rating_words(page) -> list:
    """What looks like somebody's rating, or speaks of its points."""
    return re.findall(r"\b1[3-7]\d\d\b|rating points?", page.locator("main").inner_text())


def said_in_duel(page):
    """Before its first round a duel says in a sentence that it is for practice, and then in a word."""
    return page.get_by_text(PRACTICE).or_(page.locator(".round-line .badge", has_text="practice")).first


def test_a_stranger_reads_why_no_rating_moves_and_meets_none(person):
    ada, bob = person("Ada"), person("Bob")
    ada.open()
    page = ada.page
    page.locator(".practice-note", has_text=PRACTICE).wait_for()
    assert page.get_by_text(PRACTICE).count() == 1
    assert page.locator("#campaign").is_hidden()
    page.click("#play")
    page.get_by_text(PRACTICE).wait_for()
    page.locator("#accept-bot").wait_for(timeout=30_000)
    assert rating_words(page) == []
    page.get_by_role("button", name="Leave the queue").click()

    start_private_duel(ada, bob)
    said_in_duel(bob.page).wait_for()
    bob.page.locator("button.choice:not([disabled])").first.wait_for()
    assert rating_words(bob.page) == []
    bob.page.get_by_role("button", name="Resign").click()
    bob.page.locator("dialog[open] button.main").click()
    for one in (ada, bob):
        one.page.locator("#rematch").wait_for()
        one.page.get_by_text(PRACTICE).wait_for()
        assert rating_words(one.page) == []

    ada.open("#/me")
    page.get_by_role("region", name="Ratings").get_by_text(PRACTICE).wait_for()
    assert rating_words(page) == []
    page.goto("about:blank")
    ada.open("#/boards")
    chosen = page.locator("select[aria-label='Which board']")
    chosen.locator("option", has_text="Points in").wait_for(state="attached")
    assert chosen.locator("option", has_text="Rating in").count() == 0
    assert chosen.evaluate("(select) => select.selectedOptions[0].text").startswith("Points in")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A server with the practice campaign that is shipped, and one in which ratings move."""
    folder = tmp_path_factory.mktemp("campaigns")
    made = import_made_up(folder)
    shipped = ROOT / "Sources/neuronarena/Campaigns/campaign.narena"
    with arena_of(folder / "data", "--campaign", shipped, "--campaign", made, *HASTE) as address:
        yield address


@pytest.fixture
def chooser(browser, two):
    with people_at(browser, two) as make:
        yield make


def choose(one: Person, title: str) -> None:
    one.open()
    one.page.locator("#campaign option", has_text=title).wait_for(state="attached")
    one.page.select_option("#campaign", label=title)


def test_of_two_campaigns_one_is_chosen_and_each_has_a_queue(chooser):
    ada, bob = chooser("Ada"), chooser("Bob", viewport={"width": 390, "height": 844})
    ada.open()
    ada.page.locator(".practice-note", has_text=PRACTICE).wait_for()
    choose(ada, "Made up")
    ada.page.locator(".practice-note", has_text=PRACTICE).wait_for(state="detached")
    # Without its model neither a text can be run on it.
    ada.page.locator("input[value=fire]").wait_for(state="detached")
    # The choice is kept for the tab.
    ada.page.reload()
    ada.page.locator(".campaign-choice small", has_text="features of gpt2-small").wait_for()
    assert ada.page.locator("#campaign").evaluate("(select) => select.selectedOptions[0].text") == "Made up"
    ada.page.click("#play")
    ada.page.locator("[role=status]", has_text="Nobody else waits").wait_for()
    ada.page.get_by_text("Made up.").wait_for()
    # Also who reloads waits where they chose to.
    ada.page.reload()
    ada.page.locator("[role=status]", has_text="Nobody else waits").wait_for()
    ada.page.get_by_text("Made up.").wait_for()

    # Who plays in the other campaign is nobody's opponent, and sees that somebody waits in this one.
    bob.open()
    bob.page.locator("#play").click()
    bob.page.get_by_text(PRACTICE).wait_for()
    bob.page.locator("[role=status]", has_text="Nobody else waits").wait_for()
    bob.page.get_by_role("button", name="Leave the queue").click()
    choose(bob, "Made up")
    bob.page.locator(".campaign-choice small", has_text="one player waits here").wait_for()
    bob.page.click("#play")
    for one in (ada, bob):
        one.page.wait_for_url(re.compile("#/duel/"))

    ada.page.locator("button.choice:not([disabled])").first.wait_for()
    assert said_in_duel(ada.page).count() == 0
    assert ada.page.locator(".seat .rating").all_inner_texts() == ["1500", "1500"]
    watcher = chooser("watcher")
    watcher.open()
    watcher.page.locator(".duels", has_text="Made up").wait_for()
    deadline = time.monotonic() + DUEL_SECONDS
    while not all([play_on(ada, "a"), play_on(bob, "b")]):
        assert time.monotonic() < deadline, "the duel did not end in time"
        time.sleep(0.1)
    # The result tells to where the ratings have moved.
    for one in (ada, bob):
        assert one.page.locator(".delta").count() == 2
        assert one.page.get_by_text("no rating moves").count() == 0
    ada.open("#/me")
    ada.page.locator(".ratings").wait_for()
    ada.open("#/boards")
    options = ada.page.locator("select[aria-label='Which board'] option")
    options.filter(has_text="Rating in").first.wait_for(state="attached")
    assert options.filter(has_text="Points in").count() == 2


def test_a_duel_in_the_practice_campaign_is_unrated_though_another_is_rated(chooser):
    ada, bob = chooser("Ada"), chooser("Bob")
    start_private_duel(ada, bob)
    said_in_duel(ada.page).wait_for()
    ada.page.locator("button.choice:not([disabled])").first.wait_for()
    ada.page.locator(".badge", has_text="practice").wait_for()
    assert ada.page.locator(".seat .rating").all_inner_texts() == ["", ""]
    ada.page.get_by_role("button", name="Resign").click()
    ada.page.locator("dialog[open] button.main").click()
    ada.page.get_by_text(PRACTICE).wait_for()
    assert ada.page.locator(".delta").count() == 0
    ada.open()
    ada.page.click("#practise")
    ada.page.locator(".seat .rating", has_text="bot").wait_for()
    ada.page.get_by_role("button", name="Resign").click()
    ada.page.locator("dialog[open] button.main").click()
    ada.page.get_by_text("Against a bot no rating moves.").wait_for()
