import { openText } from './text.js';

/** From activations to what a heat map shows. */

/** How many strengths are told apart. */
export const levelCount = 8;

/**
 * How strongly a token is shown, 0 (not) to 8.
 * @param {number} activation
 * @param {number} scale The activation that is shown at full strength.
 */
export function heatLevel(activation, scale) {
  if (!(scale > 0) || !(activation > 0)) return 0;
  const relative = Math.min(1, activation / scale);
  // Below a twentieth of the scale it is noise to a reader.
  return relative < 0.05 ? 0 : Math.max(1, Math.ceil(relative * levelCount));
}

/**
 * @typedef {{text: string, lead: string, activation: number, level: number, isPeak: boolean,
 *   isSign: boolean, first: number, note: string | null}} ShownToken
 *   `lead` is the white space before the text, shown without heat; `first` is its place in the excerpt.
 */

/**
 * Makes tokens showable: white space apart, line breaks visible, parts of one character together.
 * @param {readonly string[]} tokens
 * @param {readonly number[]} activations
 * @param {{scale: number, peak?: number | null, from?: number, to?: number}} options
 * @returns {ShownToken[]}
 */
export function shownTokens(tokens, activations, { scale, peak = null, from = 0, to }) {
  /** @type {ShownToken[]} */
  const shown = [];
  const end = Math.min(tokens.length, to ?? tokens.length);
  for (let i = Math.max(0, from); i < end; i += 1) {
    const raw = tokens[i] ?? '';
    const activation = activations[i] ?? 0;
    const isPart = raw !== '' && /^\s*\ufffd+$/u.test(raw);
    const previous = shown.at(-1);
    if (isPart && previous && previous.note !== null && !/^\s/u.test(raw)) {
      previous.activation = Math.max(previous.activation, activation);
      previous.level = heatLevel(previous.activation, scale);
      previous.isPeak ||= i === peak;
      continue;
    }
    const { lead, text, isSign } = splitToken(raw, isPart, heatLevel(activation, scale) > 0);
    shown.push({
      text, lead, activation, level: heatLevel(activation, scale), isPeak: i === peak, isSign,
      first: i, note: isPart ? 'a sign that the model reads in several parts' : null,
    });
  }
  return shown;
}

/**
 * @param {string} raw
 * @param {boolean} isPart
 * @param {boolean} isHot
 */
function splitToken(raw, isPart, isHot) {
  const clean = openText(raw);
  const [, lead = '', rest = ''] = /^(\s*)([\s\S]*)$/u.exec(clean) ?? [];
  if (isPart) return { lead: lead ? ' ' : '', text: '\u25af', isSign: true };
  if (rest !== '') return { lead: /\n/.test(lead) ? ' \u21b5 ' : lead && ' ', text: rest.trimEnd(), isSign: false };
  if (!isHot && /^[ \t]+$/.test(lead)) return { lead: '', text: ' ', isSign: false };
  // White space alone can light up too: give it a visible form.
  return { lead: '', text: /\n/.test(lead) ? ' \u21b5 ' : lead ? ' \u2423' : '\u00b7', isSign: true };
}

/**
 * A number as a person reads it.
 * @param {number} value
 */
export function shownActivation(value) {
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
