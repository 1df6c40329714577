"""The daily and the quest, played in a real browser to what they come to; both are open at any time."""

import re


def contest(one, kind: str) -> str:
    """Opens the lobby, and then the open contest of a kind; returns its place."""
    one.open()
    link = one.page.locator(f".contest-card a[href^='#/contest/{kind}-']").first
    link.wait_for()
    place = link.get_attribute("href")
    link.click()
    return place


def answer(page) -> None:
    """Answers the open question, whatever it asks."""
    if page.locator("#fire-text").count() > 0:
        page.fill("#fire-text", "a quiet evening")
        page.click("#send")
        page.locator(".try-row .points, .try-row .small").first.wait_for()
        page.get_by_role("button", name="I’m done").click()
    elif page.locator("#explanation").count() > 0:
        page.fill("#explanation", "words about a quiet evening")
        page.click("#send")
    elif page.locator(".marks").count() > 0:
        page.locator(".marks button.m").first.click()
        page.locator("#send, .dock .button.main").first.click()
    else:
        page.locator("button.choice:not([disabled])").first.click()


def test_the_daily_is_played_to_its_end_and_can_be_shared(person):
    ada = person("Ada")
    contest(ada, "daily")
    page = ada.page
    page.click("#start-contest")
    question = page.locator("section.question, section.question.fire")
    onward = page.locator("#next-round")
    share = page.locator("pre.share")
    kinds = 0
    for number in range(1, 6):
        question.first.wait_for()
        kinds += 1
        if number == 2:
            # What is open must be there again after a reload.
            page.reload()
            question.first.wait_for()
        answer(page)
        onward.or_(share).first.wait_for(timeout=60_000)
        if share.count() > 0:
            break
        onward.click()
    share.wait_for(timeout=60_000)
    lines = share.inner_text().split("\n")
    assert re.fullmatch(r"NeuronArena daily \d{4}-\d\d-\d\d: \d+", lines[0])
    assert len(lines[1]) == kinds == 5
    # It begins a streak, which the profile shows.
    page.locator("#streak", has_text="Streak: 1 day").wait_for()
    # A newcomer plays beside the board, and is told so.
    page.get_by_text("You play beside the board").wait_for()
    # Whoever comes back finds what became of it.
    page.reload()
    page.click("#start-contest")
    share.wait_for()
    assert share.inner_text().split("\n") == lines


def test_a_quest_takes_tries_and_shows_their_scores(person):
    ada, watcher = person("Ada"), person("watcher")
    place = contest(ada, "quest")
    watcher.open(place)
    page = ada.page
    page.click("#start-contest")
    first = page.locator("section.card").filter(has=page.locator(".send")).first
    first.locator("input.field").fill("words about a quiet evening")
    first.get_by_role("button", name="Try").click()
    first.locator(".tries b").wait_for(timeout=60_000)
    score = int(first.locator(".tries b").inner_text())
    assert 0 <= score <= 100
    first.get_by_text("2 tries left").wait_for()
    row = watcher.page.locator(".board li .points").first
    row.wait_for()
    # Whoever comes back goes on where they were.
    page.reload()
    first.locator(".tries b").wait_for()
