/**
 * Marking tokens, and finding the odd one of several texts: what keys and taps do, and what marks
 * come to. Pure.
 *
 * @typedef {{from: number, to: number}} Span Tokens of an excerpt that are shown, and marked, as one.
 */

/**
 * What can be marked: one span for each shown token. A sign that the model reads in several tokens is
 * one span.
 * @param {{first: number}[]} shown
 * @param {number} tokenCount
 * @returns {Span[]}
 */
export function spansOf(shown, tokenCount) {
  return shown.map(({ first }, i) => ({ from: first, to: shown[i + 1]?.first ?? tokenCount }));
}

/** Letters that fit on a line of any phone, however wide; what is longer is broken wherever a line ends. */
const wholeMax = 14;

/**
 * Which of the shown tokens stand on one line: those of a word with what it is written together with.
 * @param {readonly {lead: string, text: string}[]} shown
 * @returns {Span[]} By places among the shown ones.
 */
export function wordsOf(shown) {
  /** @type {Span[]} */ const words = [];
  let length = 0;
  shown.forEach(({ lead, text }, place) => {
    const last = words.at(-1);
    length += text.length;
    if (last && lead === '' && length <= wholeMax) last.to = place + 1;
    else {
      words.push({ from: place, to: place + 1 });
      length = text.length;
    }
  });
  return words;
}

/**
 * The marks with a span added or taken away.
 * @param {ReadonlySet<number>} marks
 * @param {Span} span
 * @param {boolean} [isMarked] What the span is to be; without it, the opposite of what it is.
 * @returns {Set<number>}
 */
export function withSpan(marks, span, isMarked = !marks.has(span.from)) {
  const next = new Set(marks);
  for (let token = span.from; token < span.to; token += 1) {
    if (isMarked) next.add(token);
    else next.delete(token);
  }
  return next;
}

/**
 * The marks as they are sent: ascending.
 * @param {Iterable<number>} marks
 */
export function listed(marks) {
  return [...marks].sort((a, b) => a - b);
}

/**
 * Marks that were kept as text; what is no token of the excerpt is left out.
 * @param {string} text
 * @param {number} tokenCount
 */
export function readMarks(text, tokenCount) {
  return new Set(text.split(' ').filter((word) => /^\d{1,2}$/.test(word)).map(Number).filter((token) => token < tokenCount));
}

/**
 * How good marks are: how many of the firing and of the silent tokens are marked.
 * @param {readonly number[]} marks
 * @param {readonly number[]} firing
 * @param {number} tokenCount
 */
export function markCounts(marks, firing, tokenCount) {
  const hits = marks.filter((token) => firing.includes(token)).length;
  return { hits, firing: firing.length, alarms: marks.length - hits, silent: tokenCount - firing.length };
}

/**
 * Choosing among four texts by keys: a number chooses at once, 0 says "all the same"; arrows aim,
 * Enter chooses what is aimed at. What was chosen stays.
 *
 * @typedef {{aimed: number | null, chosen: number | null}} OddChoosing Numbers from 1; 0 is "all the same".
 */

/**
 * @param {OddChoosing} state
 * @param {string} key As in `KeyboardEvent.key`.
 * @param {number} count How many texts there are.
 * @returns {OddChoosing} The same object when the key means nothing.
 */
export function oddPressed(state, key, count) {
  if (state.chosen !== null) return state;
  if (/^\d$/.test(key) && Number(key) <= count) return { aimed: Number(key), chosen: Number(key) };
  const step = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : key === 'ArrowLeft' || key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) {
    // In the order of the page: the texts, then "all the same".
    const places = count + 1;
    const at = state.aimed === null ? (step > 0 ? -1 : 0) : state.aimed === 0 ? count : state.aimed - 1;
    const place = (at + step + places) % places;
    return { aimed: place === count ? 0 : place + 1, chosen: null };
  }
  return key === 'Enter' && state.aimed !== null ? { aimed: state.aimed, chosen: state.aimed } : state;
}
