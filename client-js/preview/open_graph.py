"""Makes web/open-graph.png, which is shown where somebody posts a link: python3 open_graph.py."""

import base64
import pathlib

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
WEB = HERE.parent / "web"
LETTERS = [0, 0, 1, 2, 4, 6, 8, 7, 5, 3, 2]
# The tokens of a real text, with real activations of a neuron in layer 25 of SmolLM2, as the app shows them.
WORDS = """() => {
  const { tokens, activations, scale } = window.previewUnits.disasters.clues[1];
  const first = tokens.indexOf(' After');
  return tokens.slice(first, first + 13).map((text, i) => {
    const share = Math.min(1, activations[first + i] / scale);
    return [text, share < 0.05 ? 0 : Math.ceil(share * 8)];
  });
}"""


def spans(parts) -> str:
    return "".join(f' <span class="t h{level}">{text.strip()}</span>' if level and text[0] == " "
                   else f'<span class="t h{level}">{text}</span>' if level else text for text, level in parts)


def page(words) -> str:
    styles = "".join((WEB / "styles" / name).read_text() for name in ("tokens.css", "base.css", "heat.css"))
    mark = "".join(f'<span class="t h{level} {"first" if i == 0 else ""} {"last" if i == 10 else ""}">{letter}</span>'
                   for i, (letter, level) in enumerate(zip("neuronarena", LETTERS)))
    return f"""<!doctype html><html data-theme="light"><style>{styles}
      body {{ width: 1200px; height: 630px; margin: 0; display: grid; grid-template-rows: auto 1fr auto; align-items: center; padding: 64px 80px 60px; box-sizing: border-box; min-height: 0; }}
      .wordmark {{ font-size: 46px; justify-self: start; }}
      .heat {{ font-size: 56px; line-height: 1.62; }}
      p.ask {{ font: 650 30px/1.35 var(--ui); color: var(--soft); margin: 0; }}
      p.ask b {{ color: var(--ink); }}</style>
      <span class="wordmark">{mark}</span><p class="heat">{spans(words)}\u2026</p>
      <p class="ask"><b>Why does this neuron fire?</b> A game about what goes on inside language models.</p></html>"""


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        studio = browser.new_page()
        studio.add_script_tag(path=str(HERE / "small-png.js"))
        shown = browser.new_page(viewport={"width": 1200, "height": 630})
        studio.add_script_tag(path=str(HERE / "excerpts.js"))
        shown.set_content(page(studio.evaluate(WORDS)))
        taken = base64.b64encode(shown.screenshot()).decode()
        picture = base64.b64decode(studio.evaluate("(taken) => smallPNG(taken)", taken))
        (WEB / "open-graph.png").write_bytes(picture)
        print(f"web/open-graph.png: {len(picture)} bytes")
        browser.close()


if __name__ == "__main__":
    main()
