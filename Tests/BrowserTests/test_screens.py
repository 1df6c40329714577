"""Every screen in its scenes, without a server: accessible, as wide as the page, unharmed by hostile texts."""

import re
import sys

import pytest

from conftest import WATCH_SHIFTS, Preview, layout_shift, until

sys.path.insert(0, str(Preview.folder))
from photograph import SCENES, prepare  # noqa: E402

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
HOSTILE = [scene for scene in SCENES if scene.startswith("hostile")]


@pytest.mark.parametrize("scene", SCENES)
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(preview, scene):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for scheme, size in (("light", "phone"), ("dark", "desktop")):
        # The policy forbids scripts from elsewhere, the tester's too.
        page = preview.open(scene, SCENES[scene], color_scheme=scheme, viewport=SIZES[size], bypass_csp=True,
                            reduced_motion="reduce")
        prepare(page, scene)
        page.wait_for_timeout(700)
        found = axe.Axe().run(page).response["violations"]
        serious = [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found if v["impact"] in ("serious", "critical")]
        assert serious == [], (scheme, size)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (scheme, size)
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", HOSTILE)
def test_hostile_texts_harm_no_screen(preview, scene, size):
    page = preview.open(scene, SCENES[scene], viewport=SIZES[size])
    prepare(page, scene)
    page.wait_for_timeout(1200)
    text = page.locator("main").inner_text()
    # No character that turns or hides, no tower, and no mark-up that became any.
    assert not re.search("[\u202a-\u202e\u200b\u0000-\u0008\u001b]", text)
    assert not re.search("[\u0300-\u036f]{3}", text)
    assert page.locator("main script, main b:text-is('bold'), main img").count() == 0
    assert page.title().endswith("NeuronArena")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    # Nothing that somebody typed is taller than eighty of the widest letters are, the most that may be typed.
    for element in page.locator("main bdi").all():
        if element.is_visible():
            assert element.bounding_box()["height"] < 260


@pytest.mark.parametrize("is_on", [False, True])
def test_a_tone_sounds_only_for_who_has_switched_it_on(preview, is_on):
    page = preview.open("duel-pick-question", SCENES["duel-pick-question"])
    page.evaluate("(sound) => localStorage.setItem('neuronarena.settings', JSON.stringify({ sound }))", is_on)
    page.reload()
    page.locator("button.choice:not([disabled])").first.wait_for()
    page.evaluate("""() => {
      window.tones = 0;
      const create = AudioContext.prototype.createOscillator;
      AudioContext.prototype.createOscillator = function count() { window.tones += 1; return create.call(this); };
    }""")
    page.keyboard.press("a")
    page.locator(".choice.chosen").wait_for()
    page.locator("[role=status]", has_text="ocked in.").wait_for()
    assert (page.evaluate("window.tones") > 0) is is_on


def test_hostile_texts_are_shown_as_what_they_are(preview):
    page = preview.open("hostile-board", SCENES["hostile-board"])
    page.locator(".board li").first.wait_for()
    names = page.locator(".board bdi").all_inner_texts()
    assert names[0].startswith("<img src=x")
    assert "\u21c4gnp.exe\u21c4" in names
    assert "\u00b7\u00b7" in names


# Boards


def tops(page) -> dict:
    """Where each row of the board is on the screen."""
    return dict(page.evaluate("""[...document.querySelectorAll('.board li[data-player]')]
      .map((row) => [row.dataset.player, Math.round(row.getBoundingClientRect().top)])"""))


def settle(page) -> None:
    """Waits until all rows have come to their places."""
    page.evaluate("Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations === 1).map((one) => one.finished)).then(() => null)")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_rows_slide_to_their_new_places_and_nothing_else_moves(preview):
    page = preview.open("board", SCENES["board"])
    page.locator(".board li").first.wait_for()
    page.evaluate(WATCH_SHIFTS)
    # What came before is none of this test's.
    layout_shift(page)
    page.evaluate("layoutShift.sum = 0")
    before = tops(page)
    page.evaluate("moveBoard(6, 2)")
    until(page, "document.querySelectorAll('.board li')[2].dataset.player === 'p_6'")
    assert page.evaluate("document.querySelectorAll('.board li')[2].getAnimations().length") == 1
    settle(page)
    after = tops(page)
    assert after["p_6"] == before["p_2"] and after["p_2"] == before["p_3"] and after["p_9"] == before["p_9"]
    shift = layout_shift(page)
    assert shift["sum"] == 0, shift


def test_the_board_does_not_move_under_the_eye_of_a_reader_who_has_scrolled(preview):
    page = preview.open("crowd", SCENES["crowd"])
    page.locator(".board li").first.wait_for()
    page.evaluate("document.querySelector('.rows-scroll').scrollTop = 44 * 40")
    page.locator(".board li[data-player=p_42]").wait_for()
    settle(page)
    before = tops(page)
    for _ in range(3):
        page.evaluate("moveBoard(90, 1)")
    until(page, "document.querySelector('.rows-scroll').scrollTop === 44 * 43")
    settle(page)
    after = tops(page)
    assert all(after[player] == before[player] for player in ("p_42", "p_45", "p_48"))


def test_of_a_hundred_thousand_ones_own_row_is_pinned_and_found(preview):
    page = preview.open("crowd", SCENES["crowd"])
    pinned = page.locator(".own-pinned")
    pinned.wait_for()
    assert "54\u2009321" in pinned.inner_text() and "Ada (you)" in pinned.inner_text()
    # On one line, and all of it in sight.
    row = pinned.bounding_box()
    assert row["y"] + row["height"] <= page.viewport_size["height"]
    for cell in pinned.locator("> span").all():
        box = cell.bounding_box()
        assert row["y"] <= box["y"] and box["y"] + box["height"] <= row["y"] + row["height"]
    assert page.locator(".board li").count() < 40
    pinned.click()
    page.locator(".board li.own").wait_for()
    assert pinned.is_hidden()
    assert page.locator(".board li.gap").count() == 0, "its place is among the hundred thousand rows"


def test_a_projector_shows_the_board_and_nothing_else(preview):
    for size in ({"width": 1920, "height": 1080}, {"width": 1024, "height": 768}):
        page = preview.open("overlay", SCENES["overlay"], viewport=size)
        page.locator(".board li").first.wait_for()
        assert page.locator(".topbar").is_hidden()
        # The first ten are seen whole, once the head has its size.
        until(page, "document.querySelectorAll('.board li')[9]?.getBoundingClientRect().bottom <= innerHeight"
                               " && document.documentElement.scrollHeight <= innerHeight")
        assert page.locator(".board li").first.bounding_box()["height"] >= 48
        page.evaluate("location.hash = '#/'")
        page.locator("#play").wait_for()
        assert page.locator(".topbar").is_visible()


# Moderators


def console(preview, scene: str):
    page = preview.open(scene, "#/moderate")
    page.fill("#token", "x")
    page.click("button:has-text('Enter')")
    page.locator(".live-table").first.wait_for()
    return page


def sent(page, kind: str) -> list:
    return [one["data"] for one in page.evaluate("sentCommands") if one["type"] == kind]


def acts(page) -> list:
    """What was done, looks ahead left out."""
    return [one for one in sent(page, "moderate.act") if not one.get("dryRun")]


def test_the_console_stays_usable_with_ten_thousand_sessions(preview):
    page = console(preview, "crowd")
    players = page.locator("section[aria-label=Players]")
    grid = players.locator("[role=grid]")
    assert grid.get_attribute("aria-rowcount") == "101"
    assert players.locator(".table-body .table-row").count() < 40
    assert "100 of 10\u2009000" in players.locator("h3 + .badge").inner_text()
    # The server pages: another hundred at a time.
    players.locator("button:has-text('More')").click()
    until(page, "document.querySelector('section[aria-label=Players] [role=grid]').ariaRowCount === '201'")
    # A page of news is taken in while one would not notice.
    took = page.evaluate("""async () => {
      const begin = performance.now();
      moveModeration();
      await new Promise((done) => setTimeout(() => requestAnimationFrame(done), 30));
      return performance.now() - begin;
    }""")
    assert took < 3000
    # The server finds, among all of them.
    players.locator("input[type=search]").fill("p_7777")
    until(page, "document.querySelector('section[aria-label=Players] [role=grid]').ariaRowCount === '2'")
    assert players.locator(".table-body .table-row").get_attribute("data-key") == "p_7777"
    players.locator("input[type=search]").fill("nobody of that name")
    players.locator("text=Nothing of this name.").wait_for()
    players.locator("input[type=search]").fill("")
    until(page, "document.querySelector('section[aria-label=Players] [role=grid]').ariaRowCount === '101'")


def test_the_console_goes_by_keys_and_keeps_the_hand_where_it_is(preview):
    page = console(preview, "crowd")
    players = page.locator("section[aria-label=Players]")
    players.locator(".table-body .table-row").first.focus()
    page.keyboard.press("End")
    until(page, "document.activeElement.dataset.key === 'p_99'")
    page.keyboard.press("ArrowUp")
    focused = "document.activeElement.dataset.key"
    assert page.evaluate(focused) == "p_98"
    page.evaluate("moveModeration()")
    page.wait_for_timeout(2500)
    assert page.evaluate(focused) == "p_98"
    page.keyboard.press("k")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    # What would happen is said before.
    dialog.locator(".ahead li", has_text="kick: p_98").wait_for()
    dialog.locator("select").select_option("86400")
    # Without a reason nothing is done.
    dialog.locator("input[aria-label=Reason]").fill("   ")
    dialog.locator("button:has-text('Kick')").click()
    assert dialog.is_visible() and acts(page) == []
    dialog.locator("input[aria-label=Reason]").fill("spam")
    page.keyboard.press("Enter")
    page.locator(".undo-bar", has_text="kick: p_98").wait_for()
    assert acts(page) == [{"act": {"kind": "kick", "target": "p_98", "seconds": 86400}, "reason": "spam"}]
    assert page.evaluate(focused) == "p_98"
    # Escape does nothing but close.
    page.keyboard.press("k")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert len(acts(page)) == 1


def test_the_queue_is_worked_through_by_keys_and_an_act_is_undone(preview):
    page = console(preview, "moderate")
    page.keyboard.press("2")
    reports = page.locator("section[aria-label=Reports]")
    reports.locator(".table-body .table-row").first.focus()
    page.keyboard.press("m")
    dialog = page.locator("dialog[open]")
    dialog.locator("input[aria-label=Reason]").fill("insults")
    page.keyboard.press("Enter")
    page.locator(".undo-bar", has_text="mute").wait_for()
    assert acts(page) == [{"act": {"kind": "mute", "target": "p_2", "seconds": 3600}, "reason": "insults", "report": "r_1"}]
    page.locator("#tab-Queue").focus()
    page.keyboard.press("u")
    dialog.locator("input[aria-label=Reason]").fill("a slip")
    page.keyboard.press("Enter")
    page.locator(".undo-bar", has_text="It is as it was").wait_for()
    assert [one["entry"] for one in sent(page, "moderate.undo") if not one.get("dryRun")] == [4]
    texts = page.locator("section[aria-label=Texts]")
    texts.locator(".table-body .table-row").first.focus()
    page.keyboard.press("s")
    dialog.locator("input[aria-label=Reason]").fill("harmless")
    page.keyboard.press("Enter")
    until(page, "sentCommands.some((one) => one.type === 'moderate.act' && !one.data.dryRun && one.data.act.kind === 'restore')")
    assert acts(page)[-1]["act"] == {"kind": "restore", "target": "duel/d_7/1/0/0"}


def test_a_player_is_looked_at_and_left_by_keys(preview):
    page = console(preview, "moderate")
    players = page.locator("section[aria-label=Players]")
    players.locator(".table-body .table-row").first.focus()
    page.keyboard.press("l")
    look = page.locator("section[aria-label=Look]")
    look.locator("code", has_text="2001:db8::7").wait_for()
    page.keyboard.press("Escape")
    look.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.dataset.key") == "p_0"


def test_the_charts_move(preview):
    page = console(preview, "moderate")
    page.keyboard.press("4")
    points = "document.querySelectorAll('.chart-line')[2].getAttribute('points').split(' ').length"
    before = page.evaluate(points)
    for _ in range(5):
        page.evaluate("moveModeration()")
        page.wait_for_timeout(40)
    until(page, f"{points} >= {before + 4}")


def test_a_run_is_taken_off_a_board(preview):
    page = console(preview, "moderate")
    contests = page.locator("section[aria-label=Contests]")
    contests.locator(".table-body .table-row").first.focus()
    page.keyboard.press("t")
    dialog = page.locator("dialog[open]")
    dialog.locator("input").first.fill("p_7")
    dialog.locator("input[aria-label=Reason]").fill("played by a program")
    page.keyboard.press("Enter")
    page.locator(".undo-bar:not([hidden])").wait_for()
    assert acts(page) == [{"act": {"kind": "removeFromContest", "target": "c_1", "player": "p_7"}, "reason": "played by a program"}]


@pytest.mark.parametrize("scene, key, table", [("moderate", "1", "Contests"), ("moderate-queue", "2", "Reports")])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_buttons_of_a_row_stay_in_their_row(preview, scene, key, table, width):
    page = preview.open(scene, "#/moderate", viewport={"width": width, "height": 844})
    page.fill("#token", "x")
    page.click("button:has-text('Enter')")
    page.locator(".live-table").first.wait_for()
    page.keyboard.press(key)
    page.locator(f"section[aria-label={table}] .table-body .table-row .button").first.wait_for()
    outside = page.evaluate("""[...document.querySelectorAll('.table-body .table-row .button')].filter((button) => {
      const [own, row] = [button.getBoundingClientRect(), button.closest('.table-row').getBoundingClientRect()];
      return own.height > 0 && (own.top < row.top || own.bottom > row.bottom);
    }).map((button) => button.textContent)""")
    assert outside == []
