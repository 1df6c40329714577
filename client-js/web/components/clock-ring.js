import { cue } from '../cues.js';
import { h, svg } from '../dom.js';
import { clockFace } from '../logic/clock.js';

const length = 2 * Math.PI * 29;

/**
 * A ring that empties by the server's clock.
 * @param {import('../app.js').App} app
 */
export function clockRing(app) {
  const hand = svg('circle', { class: 'hand', cx: 34, cy: 34, r: 29, fill: 'none', 'stroke-width': 6,
    'stroke-linecap': 'round', 'stroke-dasharray': length });
  const left = h('span', { class: 'left' });
  const element = h('div', { class: 'clock', role: 'timer', 'aria-label': 'Seconds left' },
    svg('svg', { viewBox: '0 0 68 68', 'aria-hidden': 'true' },
      svg('circle', { class: 'track', cx: 34, cy: 34, r: 29, fill: 'none', 'stroke-width': 6 }), hand), left);
  /** @type {number | null} */ let from = null;
  /** @type {number | null} */ let until = null;
  let frame = 0;
  let hasWarned = false;

  const draw = () => {
    const face = clockFace(from, until, app.now());
    hand.style.strokeDashoffset = String(length * (1 - face.share));
    const text = until === null ? '' : String(face.seconds);
    if (left.textContent !== text) left.textContent = text;
    element.classList.toggle('low', face.isLow);
    if (face.isLow && !hasWarned && (from ?? until ?? 0) + 8000 < (until ?? 0)) {
      hasWarned = true;
      app.announce('Five seconds left.');
      cue('low');
    }
  };
  const timer = setInterval(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  }, 100);
  return {
    element,
    /**
     * @param {number | null} start
     * @param {number | null} end
     */
    set(start, end) {
      if (start === from && end === until) return;
      from = start;
      until = end;
      hasWarned = false;
      draw();
    },
    stop() {
      clearInterval(timer);
      cancelAnimationFrame(frame);
    },
  };
}
