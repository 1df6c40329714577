/** What solo play says, and what its keys mean, apart from how it looks. Pure. */

/**
 * What is left of the day's scores.
 * @param {{left: number, of: number}} budget
 */
export function budgetText({ left, of }) {
  return `${left} of ${of} scores left today`;
}

/**
 * How many scores a text costs: one, and one more for each of several meanings.
 * @param {string} text
 */
export function costOf(text) {
  const meanings = text.split('|').filter((part) => part.trim() !== '').length;
  return meanings > 1 ? meanings + 1 : 1;
}

/**
 * What sending a text will cost; nothing where that needs no saying.
 * @param {string} text
 * @param {{left: number}} budget
 */
export function costText(text, budget) {
  const cost = costOf(text);
  if (cost > budget.left) return budget.left === 0 ? 'No scores are left today: it will wait in the queue.' : `It needs ${cost} scores, so it will wait in the queue.`;
  return cost > 1 ? `Scored together and each alone: ${cost} scores.` : '';
}

const outcomes = /** @type {Record<string, string>} */ ({
  scoring: 'The engine is testing it on texts that nobody here has seen\u2026',
  draft: 'Kept as a draft: it is scored when three others vote for it, or when the engine has nothing else to do.',
  counted: 'Somebody has said that before, so it counts as your vote for it. It costs no score.',
  repeated: 'You have said that here before. It costs no score.',
});

/** @param {string} outcome */
export function outcomeText(outcome) {
  return outcomes[outcome] ?? '';
}

/**
 * How far a text of one's own is.
 * @param {{state: string, place: number | null, votes: number, needed: number, hidden: boolean}} text
 */
export function progressText({ state, place, votes, needed, hidden }) {
  const note = hidden ? ' Others see it once a moderator has looked at it.' : '';
  if (state === 'scored') return note.trim();
  if (state === 'scoring') return `being scored\u2026${note}`;
  return `draft${place === null ? '' : `, number ${place} in the queue`}, ${votes} of ${needed} votes of others${note}`;
}

/**
 * The vote after a button was pressed: the same again takes it back.
 * @param {string} before
 * @param {'up' | 'down'} pressed
 */
export function voteAfter(before, pressed) {
  return before === pressed ? 'none' : pressed;
}

/** What a key does where nothing is being typed. */
const keys = /** @type {Record<string, string>} */ ({
  ArrowRight: 'next', n: 'next', ArrowLeft: 'back', b: 'back', w: 'write', '/': 'write', m: 'mess', f: 'noneFits',
  ArrowDown: 'down', j: 'down', ArrowUp: 'up', k: 'up', u: 'voteUp', '+': 'voteUp', d: 'voteDown', '-': 'voteDown',
});

/** @param {string} key As in `KeyboardEvent.key`. */
export function soloAct(key) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(keys, name) ? keys[name] ?? '' : '';
}

/**
 * A number of days, or of anything.
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * A streak in a sentence.
 * @param {{days: number, today: boolean, sparesLeft: number}} streak
 */
export function streakText({ days, today, sparesLeft }) {
  if (days === 0) return 'Finish a daily to begin one.';
  const spares = sparesLeft === 0 ? 'No spare day is left this month.' : `${counted(sparesLeft, 'spare day')} left this month.`;
  return `${today ? 'Today is done.' : 'Today\u2019s daily still waits.'} ${spares}`;
}
