import { fill, h, svg } from '../dom.js';
import { duration } from '../logic/clock.js';
import { clockAt, countAt, pressedKey, speeds, timeline, viewAfter } from '../logic/replay.js';
import { formatName, shownName } from '../logic/text.js';
import { duelFace } from './duel.js';

/** @type {import('../main.js').Screen} */
export function showReplay(main, app, id) {
  let leave = () => {};
  let isHere = true;
  main.append(h('div', { class: 'centre' }, h('p', { class: 'soft', role: 'status' }, 'Fetching the recording\u2026')));
  fetchAll(app, id).then((recording) => {
    if (isHere) leave = play(main, app, recording);
  }, (error) => {
    if (!isHere) return;
    const sealed = error.code === 'sealed';
    fill(main, h('div', { class: 'centre' },
      h('h1', null, sealed ? 'Not while you play' : error.code === 'wrong_state' ? 'Not over yet' : 'No such recording'),
      h('p', { class: 'soft' }, sealed ? 'This recording would give your running round away. Come back after it.'
        : error.code === 'wrong_state' ? 'This duel still goes on: watch it live.' : 'It may have been between friends, or too long ago.'),
      h('div', { class: 'row' }, error.code === 'wrong_state' ? h('a', { class: 'button main', href: `#/duel/${id}` }, 'Watch it live') : null,
        h('a', { class: 'button', href: '#/' }, 'Back to the lobby'))));
  });
  return () => {
    isHere = false;
    leave();
  };
}

/**
 * @param {import('../app.js').App} app
 * @param {string} duel
 * @returns {Promise<import('../logic/replay.js').Recording>}
 */
async function fetchAll(app, duel) {
  /** @type {any} */ let recording = null;
  do {
    const page = await app.client.command('duel.replay', { duel, from: recording?.events.length ?? 0 });
    if (recording) recording.events.push(...page.events);
    else recording = page;
    if (page.events.length === 0) break;
  } while (recording.events.length < recording.count);
  return recording;
}

/**
 * @param {HTMLElement} main
 * @param {import('../app.js').App} app
 * @param {import('../logic/replay.js').Recording} recording
 */
function play(main, app, recording) {
  const line = timeline(recording);
  const wantsCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let position = line.marks[0]?.position ?? 0;
  let speed = 1;
  let isPlaying = !wantsCalm;
  let since = performance.now();
  /** @type {{count: number, view: any} | null} */ let known = null;

  // What is shown runs on the recording's clock, and nothing that it offers reaches the server.
  const quiet = Object.create(app, {
    now: { value: () => clockAt(recording, line, position) },
    wish: { value: async () => null },
    announce: { value: () => {} },
  });
  const face = duelFace(quiet, recording.duel, () => known?.view, async () => null);
  const toggle = h('button', { class: 'button main', id: 'replay-toggle', on: { click: () => setPlaying(!isPlaying) } });
  const seek = h('input', { type: 'range', id: 'replay-seek', min: 0, max: line.length, step: 100, 'aria-label': 'Time',
    on: { input: () => go(Number(seek.value)) } });
  const time = h('span', { class: 'soft small time' });
  const pace = h('button', { class: 'button', id: 'replay-speed', on: { click: () => setSpeed(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1) } });
  const marks = h('div', { class: 'marks' }, line.marks.map((mark) => {
    const button = h('button', { class: 'button plain small', 'aria-label': `To round ${mark.round}`, on: { click: () => go(mark.position) } }, mark.round);
    button.style.left = `${share(mark.position, line.length)}%`;
    return button;
  }));
  const names = recording.players.map((/** @type {any} */ player) => shownName(player.name));
  const controls = h('div', { class: 'card replay-controls', role: 'group', 'aria-label': 'Recording' }, toggle,
    h('div', { class: 'track' }, seek, marks), time, pace);
  fill(main, h('div', { class: 'replay' }, h('div', { class: 'row' }, h('span', { class: 'badge hot' }, 'recording'),
    h('h1', { class: 'replay-title' }, h('bdi', null, names[0]), ' vs ', h('bdi', null, names[1])),
    h('span', { class: 'soft small' }, `${formatName(recording.format)}, ${new Date(recording.startedAt).toLocaleDateString('en-GB', { dateStyle: 'medium' })}`)),
  controls, face.element,
  h('p', { class: 'soft small keys' }, 'Keys: space plays and pauses, \u2190 \u2192 five seconds, \u2191 \u2193 speed, N and P the next and the last round.')));

  const draw = () => {
    const count = countAt(line, position);
    if (count !== known?.count) {
      known = { count, view: viewAfter(recording, line, count, known) };
      face.draw();
    }
    if (document.activeElement !== seek || isPlaying) seek.value = String(Math.round(position));
    const text = `${duration(position)} / ${duration(line.length)}`;
    if (time.textContent !== text) {
      time.textContent = text;
      seek.setAttribute('aria-valuetext', `${duration(position)} of ${duration(line.length)}`);
    }
  };
  const setPlaying = (/** @type {boolean} */ wanted) => {
    if (wanted && position >= line.length) position = 0;
    isPlaying = wanted;
    since = performance.now();
    fill(toggle, icon(isPlaying), h('span', { class: 'unseen' }, isPlaying ? 'Pause' : 'Play'));
    draw();
  };
  const setSpeed = (/** @type {number} */ wanted) => {
    speed = wanted;
    pace.textContent = `${speed}\u00d7`;
    pace.setAttribute('aria-label', `Speed ${speed}`);
  };
  const go = (/** @type {number} */ wanted) => {
    position = wanted;
    since = performance.now();
    draw();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    // A focused button or link takes its own keys.
    if (event.key === ' ' && target.closest('button, a')) return;
    if (target === seek && event.key !== ' ' && event.key !== 'k' && event.key !== 'n' && event.key !== 'p') return;
    const what = pressedKey(event.key, line, position);
    if (!what) return;
    event.preventDefault();
    if ('toggle' in what) setPlaying(!isPlaying);
    else if ('position' in what) go(what.position);
    else setSpeed(speeds[Math.min(speeds.length - 1, Math.max(0, speeds.indexOf(speed) + what.faster))] ?? 1);
  };
  const timer = setInterval(() => {
    const now = performance.now();
    if (isPlaying) {
      position = Math.min(line.length, position + (now - since) * speed);
      if (position >= line.length) setPlaying(false);
    }
    since = now;
    draw();
  }, 50);
  addEventListener('keydown', key);
  setSpeed(1);
  setPlaying(isPlaying);
  return () => {
    clearInterval(timer);
    removeEventListener('keydown', key);
    face.stop();
  };
}

/**
 * @param {number} position
 * @param {number} length
 */
function share(position, length) {
  return length > 0 ? Math.round((position / length) * 1000) / 10 : 0;
}

/** @param {boolean} isPlaying */
function icon(isPlaying) {
  return svg('svg', { viewBox: '0 0 24 24', width: 20, height: 20, fill: 'currentColor', 'aria-hidden': 'true' },
    svg('path', { d: isPlaying ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4l13 8-13 8z' }));
}
