"""One's own texts on a unit, search, raw data and the card, on the real server with the real model."""

import contextlib
import http.server
import json
import threading
import urllib.error
import urllib.request

from conftest import until

STORM = "Nobody had expected that the storm would break over the old town."


def some_unit(reader, word: str = "storm") -> str:
    """A unit that fires on a word, by way of the search box."""
    page = reader.page
    reader.open("#/search")
    page.check("input[name=by][value=token]", force=True)
    page.fill("#query", word)
    page.locator(".hit").first.wait_for()
    return page.locator(".hit > a").first.get_attribute("href")


def test_a_word_and_a_meaning_lead_to_a_unit_and_back(person):
    reader = person("reader")
    page = reader.page
    reader.open()
    page.click("a[aria-label=Search]")
    page.locator("h1", has_text="Find a neuron").wait_for()
    assert page.locator(".campaign .badge", has_text="practice").count() == 1
    page.fill("#query", "bad weather")
    page.keyboard.press("Enter")
    page.locator(".hit").first.wait_for(timeout=60_000)
    by_meaning = page.locator(".hit > a").evaluate_all("(all) => all.map((a) => a.href)")
    assert 0 < len(by_meaning) <= 20
    page.check("input[name=by][value=token]", force=True)
    page.fill("#query", "storm")
    until(page, "location.hash.includes('q=storm') && /storm/i.test(document.querySelector('.hit .clue')?.textContent)")
    page.locator(".hit > a").first.click()
    page.locator(".unit-page .own-card").wait_for()
    page.go_back()
    page.locator(".hit").first.wait_for()
    assert page.input_value("#query") == "storm" and page.locator("input[value=token]").is_checked()
    page.fill("#query", "qqqq")
    page.locator("#found", has_text="Nothing here fires on that").wait_for()
    assert page.locator(".hit").count() == 0


def test_a_text_glows_as_one_types_and_its_words_tell_what_adds_to_them_by_keyboard_alone(person):
    reader = person("reader")
    page = reader.page
    reader.open(some_unit(reader))
    page.locator("#own-text").focus()
    page.keyboard.type(STORM, delay=15)
    page.locator("#own-status", has_text="of 256 word pieces").wait_for()
    told = page.locator("#own-status").inner_text()
    assert "Most on" in told or "stays silent" in told
    heat = page.locator(".own-read .heat")
    assert heat.inner_text().strip() == STORM
    # By keys: to the text, over its words, Enter, Escape.
    page.keyboard.press("Tab")
    until(page, "document.activeElement.classList.contains('heat')")
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert "storm" in page.locator(".tip").inner_text()
    page.keyboard.press("Enter")
    page.locator(".own-adds h3", has_text="storm").wait_for()
    until(page, "document.querySelector('#own-status').textContent.startsWith('Each word')")
    assert page.locator(".own-read .t.target").inner_text() == "storm"
    until(page, "document.activeElement.classList.contains('heat')")
    page.keyboard.press("Escape")
    page.locator(".own-adds").wait_for(state="hidden")
    # Nothing typed is lost, not on reload.
    page.reload()
    page.locator("#own-status", has_text="of 256 word pieces").wait_for()
    assert page.input_value("#own-text") == STORM


def test_any_text_is_read_whole_and_what_is_too_long_says_so(person):
    reader = person("reader")
    page = reader.page
    reader.open(some_unit(reader))
    field = page.locator("#own-text")
    field.fill("\u202eabc\u2066 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301\u0301\u0301 <b>x</b> don't \u201cno\u201d")
    page.locator("#own-status", has_text="word pieces").wait_for()
    shown = page.locator(".own-read").inner_text()
    assert "\u202e" not in shown and "<b>x</b>" in shown and "\U0001f468" in shown
    field.fill("storm , " * 300)
    page.locator("#own-status.problem", has_text="256 are read").wait_for()
    field.fill("storm")
    page.locator("#own-status", has_text="of 256 word pieces").wait_for()
    field.fill("")
    page.locator(".own-read").wait_for(state="hidden")


@contextlib.contextmanager
def other_site(body: str):
    """The address of a page that another site has."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>x</title><link rel=icon href=data:,>{body}".encode())

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def fetch(address: str, **fields):
    request = urllib.request.Request(address, headers=fields)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status, dict(answer.headers), answer.read()


def test_the_raw_data_and_the_card_are_there_for_who_has_the_link_alone(person):
    reader = person("reader")
    page = reader.page
    reader.open(some_unit(reader))
    data = page.locator("a", has_text="Raw data").get_attribute("href")
    card = page.locator("a", has_text="Its card").get_attribute("href")
    base = reader.arena.rstrip("/")
    status, _, body = fetch(base + data)
    told = json.loads(body)
    assert status == 200 and told["unit"]["clues"] and "heldOut" not in body.decode()
    assert told["campaign"]["practice"] is True and told["campaign"]["sources"]
    for address in (base + data.split("?")[0], base + card.split("?")[0], base + data[:-1]):
        try:
            fetch(address)
            raise AssertionError("served without its key")
        except urllib.error.HTTPError as error:
            assert error.code == 404
    _, fields, body = fetch(base + card)
    assert "frame-ancestors *" in fields["Content-Security-Policy"] and "X-Frame-Options" not in fields
    _, fields, body = fetch(base + "/")
    assert "frame-ancestors 'none'" in fields["Content-Security-Policy"]
    assert f'content="{base}/web/open-graph.png"'.encode() in body
    assert fetch(base + "/web/open-graph.png")[2].startswith(b"\x89PNG")
    # In somebody else's page the card is shown, and the game is not.
    host = reader.context.new_page()
    with other_site(f'<iframe id="card" src="{base}{card}"></iframe><iframe id="game" src="{base}/"></iframe>') as site:
        host.goto(site)
        frame = host.frame_locator("#card")
        frame.locator(".unit-card h1").wait_for()
        assert frame.locator(".card-clues .t").count() > 0
        assert frame.locator("script").count() == 0
        until(host, "document.readyState === 'complete'")
        assert not any(frame.url == f"{base}/" and frame.locator("h1").count() for frame in host.frames)


def test_own_texts_and_search_are_sealed_during_the_units_round(person):
    guest = person("guest")
    frames = []
    guest.page.add_init_script("window.SharedWorker = undefined")
    guest.page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: frames.append(json.loads(frame)) if isinstance(frame, str) else None))
    guest.open()
    reader = guest.context.new_page()
    guest.page.click("#practise")
    guest.page.locator("button.choice[data-side=a]:not([disabled])").wait_for()
    started = [f for f in frames if f.get("type") in ("duel.roundStarted", "duel.snapshot")][-1]["data"]
    unit = (started.get("round") or started["duel"]["round"])["unit"]["id"]
    answer = reader.goto(guest.arena) and reader.evaluate("""async (unit) => {
      const { ArenaClient } = await import('/src/index.js');
      const kept = JSON.parse(localStorage.getItem('neuronarena.player'));
      const client = new ArenaClient({ url: location.origin.replace('http', 'ws') + '/v1/socket', shared: false,
        identity: { load: () => kept, save() {} } });
      await client.connected();
      const ask = (type, data) => client.command(type, data).then(() => 'done', (error) => error.code);
      const told = [await ask('unit.try', { unit, text: 'rain' }), await ask('unit.attribute', { unit, text: 'rain', token: 0 })];
      client.stop();
      return told;
    }""", unit)
    assert answer == ["sealed", "sealed"]
