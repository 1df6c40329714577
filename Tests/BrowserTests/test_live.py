"""A live contest, played by two to its end: everybody the same question at the same moment."""

import contextlib
import datetime
import json
import time

from conftest import Person, arena_of, until

SIZES = [{"width": 390, "height": 844}, {"width": 1440, "height": 900}]
ROUNDS = ["pick", "oddOneOut"]
TIMES = {"duel-timing-odd-one-out": "3 s", "duel-timing-pick-reveal": "4 s",
         "duel-timing-text-reveal": "2 s", "contest-closing": "1 s"}
# What each truth was called, and how many had answered: a truth is shown for a moment only.
WATCH_TRUTHS = """
window.truths = [];
new MutationObserver(() => {
  const title = document.querySelector('.reveal .shout')?.textContent;
  const truth = [title, document.querySelector('.reveal .next')?.textContent];
  if (title && String(window.truths.at(-1)) !== String(truth)) window.truths.push(truth);
}).observe(document, { childList: true, subtree: true });
"""
# The least that is left to join and to answer. A slow machine has more: so many times what it takes to
# start a server and to bring one person into its lobby, where two join and a third one watches.
JOIN_SECONDS, JOIN_SHARE = 8, 5
ANSWER_SECONDS, ANSWER_SHARE = 6, 2


@contextlib.contextmanager
def quiz(folder, taken: float):
    """An arena in which a live contest gathers players from now on, on a machine that takes so many seconds."""
    join, pick = max(JOIN_SECONDS, JOIN_SHARE * taken), max(ANSWER_SECONDS, ANSWER_SHARE * taken)
    now = datetime.datetime.now(datetime.timezone.utc)
    (folder / "contests.json").write_text(json.dumps({"contests": [
        {"id": "quiz", "kind": "live", "title": "Quiz night", "repeats": "hourly", "at": f"00:{now.minute:02}", "rounds": ROUNDS}]}))
    # It has opened with this minute.
    settings = {**TIMES, "contest-gathering": f"{round(now.second + join)} s", "duel-timing-pick": f"{round(pick)} s"}
    flags = [flag for name, value in settings.items() for flag in ("--set", f"{name}={value}")]
    with arena_of(folder / "data", "--contests", folder / "contests.json", *flags) as address:
        yield address


def seconds_to_join(browser, folder) -> float:
    """How long this machine takes, as it is now, to start a server and to bring somebody into its lobby."""
    begin = time.monotonic()
    with arena_of(folder / "data") as address:
        one = Person(browser, address, "first")
        one.open()
        one.page.locator(".contest-card a.button").first.wait_for()
        one.close()
    return time.monotonic() - begin


def test_a_live_contest_is_the_same_question_for_all_at_the_same_moment(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("quiz")
    taken = seconds_to_join(browser, tmp_path_factory.mktemp("trial"))
    with quiz(folder, taken) as address:
        people = [Person(browser, address, name, viewport=size) for name, size in zip(("Ada", "Bob"), SIZES)]
        watcher = Person(browser, address, "watcher")
        for one in people:
            one.page.add_init_script(WATCH_TRUTHS)
        try:
            play(people, watcher)
            assert [one.troubles for one in [*people, watcher]] == [[], [], []]
        finally:
            for one in [*people, watcher]:
                one.close()


def play(people, watcher) -> None:
    for one in people:
        one.open()
        one.page.locator(".contest-card a[href^='#/contest/quiz-']").first.click()
        one.page.click("#start-contest")
        one.page.get_by_text("You are in.").wait_for()
    watcher.open("#/" + people[0].page.url.split("#/")[1])
    # Both are on the board before anything is asked.
    for one in (people[0], watcher):
        until(one.page, "document.querySelectorAll('.board li').length === 2")
    watcher.page.evaluate("window.board = document.querySelector('.board').textContent")

    for one in people:
        one.page.locator("button.choice:not([disabled])").first.wait_for(timeout=120_000)
    texts = [one.page.locator("button.choice").all_inner_texts() for one in people]
    assert texts[0] == texts[1]
    for one, key in zip(people, "ab"):
        one.page.keyboard.press(key)
    for one, key in zip(people, "ab"):
        # The question stays where it is, with what was chosen.
        one.page.locator("[role=status]", has_text="Locked in.").first.wait_for()
        assert one.page.locator(".choice.chosen").get_attribute("data-side") == key
        assert one.page.get_by_text("opponent").count() == 0
    for one in people:
        until(one.page, "window.truths.length > 0", 60)
    truths = [one.page.evaluate("window.truths[0]") for one in people]
    assert sorted(title for title, _ in truths) == ["Not this time", "Right!"], "who answered wrong was not too late"
    assert [answered for _, answered in truths] == ["2 answered", "2 answered"]
    # Who only watches sees the board move.
    until(watcher.page, "document.querySelector('.board').textContent !== window.board", 30)

    # Nobody answers the others; they come and go by themselves, to a final board.
    for one in people:
        one.page.locator(".eyebrow", has_text="Place").first.wait_for(timeout=60_000)
        assert one.page.locator(".board li.own").count() == 1
    places = sorted(one.page.locator(".eyebrow", has_text="Place").first.inner_text().lower() for one in people)
    assert places == ["place 1 of 2", "place 2 of 2"]
    for one in [*people, watcher]:
        one.page.locator(".contest-head .badge", has_text="final").wait_for(timeout=30_000)
