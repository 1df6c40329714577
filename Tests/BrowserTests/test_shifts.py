"""Nothing moves under the eye while a duel goes on: from question to truth to the next, on a phone and on a desktop."""

import time

import pytest

from conftest import Person, arena_of
from test_duel import DUEL_SECONDS
from test_mixed import answer, kind_of

# The most that may move in a phase, as browsers count it (0.1 is called good).
SHIFT_MAX = 0.02
# How long the second one thinks on: so each sees the other lock in while no hand moves.
LATER_SECONDS = 1.2
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}

# Adds up by phase how much things moved without the player's doing.
WATCH_PHASES = """
window.phases = [];
new MutationObserver(() => {
  const stage = document.querySelector('.duel .question, .duel .reveal, .duel .countdown, .duel .result');
  if (!stage) return;
  const name = `${stage.className.split(' ').pop()} ${document.querySelector('.duel .round-line .eyebrow')?.textContent ?? ''}`;
  if (window.phases.at(-1)?.name !== name) window.phases.push({ name, at: performance.now(), sum: 0, what: [] });
}).observe(document, { childList: true, subtree: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
  const phase = window.phases.findLast(({ at }) => at <= entry.startTime);
  if (!phase || entry.hadRecentInput) continue;
  phase.sum += entry.value;
  phase.what.push(...entry.sources.map(({ node, previousRect: from, currentRect: to }) =>
    [entry.value.toFixed(4), node?.outerHTML?.slice(0, 90) ?? node?.textContent, from.top, to.top, from.left, to.left].join(' ')));
} }).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    settings = {"duel-timing-countdown": "1s", "duel-timing-pick-reveal": "3s", "duel-timing-text-reveal": "3s"}
    flags = [flag for name, value in settings.items() for flag in ("--set", f"{name}={value}")]
    with arena_of(tmp_path_factory.mktemp("shifts"), *flags) as address:
        yield address


def test_nothing_moves_from_phase_to_phase_of_a_duel(browser, hasty):
    people = [Person(browser, hasty, name, viewport=SIZES[name]) for name in SIZES]
    try:
        for one in people:
            one.page.add_init_script(WATCH_PHASES)
            one.open()
        if people[0].page.locator("input[value=mixed]").count() == 0:
            pytest.skip("the model is not at hand")
        for one in people:
            one.page.check("input[value=mixed]", force=True)
            one.page.click("#play")
        play(people)
        for one in people:
            phases = one.page.evaluate("window.phases")
            assert len({phase["name"] for phase in phases}) >= 11, phases
            moved = [phase for phase in phases if phase["sum"] >= SHIFT_MAX]
            assert moved == [], (one.name, [(phase["name"], round(phase["sum"], 3), phase["what"][:6]) for phase in moved])
    finally:
        for one in people:
            one.close()


def play(people) -> None:
    """Plays to the end; nobody is ready before the time, and each answers once."""
    given: dict = {}
    deadline = time.monotonic() + DUEL_SECONDS
    while not all(one.page.locator("#rematch").count() for one in people):
        assert time.monotonic() < deadline, "the duel did not end in time"
        for place, one in enumerate(people):
            page = one.page
            kind = kind_of(page) if page.locator(".reveal").count() == 0 else None
            if kind is None:
                continue
            line = page.locator(".round-line .eyebrow").inner_text()
            since = given.setdefault((one.name, line), time.monotonic())
            # In turns: who was first waits the next time.
            is_later = (place + len(given) // 2) % 2 == 1
            if since is not None and time.monotonic() - since >= (LATER_SECONDS if is_later else 0):
                try:
                    answer(page, kind, is_first=place == 0)
                    # Fire is sent first, and then declared done.
                    if kind != "fire" or page.locator(".try-row .points").count() > 0:
                        given[(one.name, line)] = None
                except Exception:  # The round may end between looking and acting.
                    pass
        time.sleep(0.1)
