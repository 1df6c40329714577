import { applyDuelEvent } from './duel-state.js';

/**
 * A recorded duel on a time line: positions in milliseconds from its start, without the times in which
 * the server was away. Pure.
 *
 * @typedef {{at: number, type: string, data: any}} ReplayEvent
 * @typedef {{duel: string, format: string, rounds: number, players: any[], startedAt: number, events: ReplayEvent[]}} Recording
 * @typedef {{position: number, at: number, event: ReplayEvent}} Step
 * @typedef {{steps: Step[], length: number, marks: {round: number, position: number}[]}} Timeline
 */

/** How fast a replay may run. */
export const speeds = [0.5, 1, 2, 4, 8];

/**
 * @param {Recording} recording
 * @returns {Timeline}
 */
export function timeline({ startedAt, events }) {
  let away = 0;
  const marks = /** @type {Timeline['marks']} */ ([]);
  const steps = events.map((event) => {
    if (event.type === 'duel.clockMoved') away += event.data.byMilliseconds;
    const position = Math.max(0, event.at - startedAt - away);
    if (event.type === 'duel.roundStarted') marks.push({ round: event.data.round.number, position });
    return { position, at: event.at, event };
  });
  return { steps, length: steps.at(-1)?.position ?? 0, marks };
}

/**
 * How many steps have happened at a position.
 * @param {Timeline} line
 * @param {number} position
 */
export function countAt(line, position) {
  let low = 0;
  let high = line.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {Step} */ (line.steps[middle]).position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The server's clock at a position: that of the last step, and what has passed since.
 * @param {Recording} recording
 * @param {Timeline} line
 * @param {number} position
 */
export function clockAt(recording, line, position) {
  const last = line.steps[countAt(line, position) - 1];
  return last ? last.at + position - last.position : recording.startedAt + position;
}

/**
 * The duel before anything has happened.
 * @param {Recording} recording
 */
export function firstView({ duel, format, rounds, players, startedAt }) {
  return { id: duel, format, rounds, players, private: false, rated: true, startsAt: startedAt, phase: 'countdown',
    phaseEndsAt: startedAt, round: null, lockedIn: [false, false], ready: [false, false], reveal: null, totals: [0, 0],
    history: [], claimableAt: [null, null], result: null, spectators: 0, you: null };
}

/**
 * The duel after so many steps, made from an earlier view where there is one.
 * @param {Recording} recording
 * @param {Timeline} line
 * @param {number} count
 * @param {{count: number, view: any} | null} before
 */
export function viewAfter(recording, line, count, before) {
  const from = before && before.count <= count ? before : { count: 0, view: firstView(recording) };
  return line.steps.slice(from.count, count).reduce((view, { event }) => applyDuelEvent(view, event), from.view);
}

/**
 * What a key does to where one is: `toggle`, a jump, or a change of speed; null for nothing.
 * @param {string} key As in `KeyboardEvent.key`.
 * @param {Timeline} line
 * @param {number} position
 * @returns {{toggle: true} | {position: number} | {faster: number} | null}
 */
export function pressedKey(key, line, position) {
  const to = (/** @type {number} */ wanted) => ({ position: Math.min(line.length, Math.max(0, wanted)) });
  switch (key) {
    case ' ': case 'k': return { toggle: true };
    case 'ArrowLeft': return to(position - 5000);
    case 'ArrowRight': return to(position + 5000);
    case 'ArrowUp': return { faster: 1 };
    case 'ArrowDown': return { faster: -1 };
    case 'Home': return to(0);
    case 'End': return to(line.length);
    case 'n': return to(line.marks.find((mark) => mark.position > position + 50)?.position ?? line.length);
    case 'p': return to([...line.marks].reverse().find((mark) => mark.position < position - 1500)?.position ?? 0);
    default: return null;
  }
}
