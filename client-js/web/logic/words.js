/**
 * The limits of an explanation: one to three meanings joined by `|`, each of few words and
 * characters. The server decides; this tells while one types.
 *
 * @typedef {{meaningsMax: number, meaningWordsMax: number, meaningCharactersMax: number}} TextLimits
 * @typedef {{meanings: {words: number, characters: number}[], words: number, share: number,
 *   problem: string | null, isEmpty: boolean}} TextState
 */

/** @type {TextLimits} */
export const defaultLimits = { meaningsMax: 3, meaningWordsMax: 12, meaningCharactersMax: 80 };

/**
 * @param {string} text
 * @param {TextLimits} [limits]
 * @returns {TextState}
 */
export function measureText(text, limits = defaultLimits) {
  const parts = text.split('|').map((part) => part.trim().replace(/\s+/gu, ' '));
  const meanings = parts.map((part) => ({
    words: part === '' ? 0 : part.split(' ').length, characters: [...part].length,
  }));
  const isEmpty = parts.every((part) => part === '');
  const words = Math.max(...meanings.map((meaning) => meaning.words));
  const characters = Math.max(...meanings.map((meaning) => meaning.characters));
  return {
    meanings, words, isEmpty,
    share: Math.max(words / limits.meaningWordsMax, characters / limits.meaningCharactersMax),
    problem: textProblem(parts, words, characters, isEmpty, limits),
  };
}

/**
 * @param {string[]} parts
 * @param {number} words
 * @param {number} characters
 * @param {boolean} isEmpty
 * @param {TextLimits} limits
 */
function textProblem(parts, words, characters, isEmpty, limits) {
  if (isEmpty) return null;
  if (parts.length > limits.meaningsMax) return `At most ${limits.meaningsMax} meanings.`;
  if (words > limits.meaningWordsMax) return `At most ${limits.meaningWordsMax} words a meaning: shorten it.`;
  if (characters > limits.meaningCharactersMax) {
    return `At most ${limits.meaningCharactersMax} characters a meaning: shorten it.`;
  }
  return null;
}

/**
 * Which taboo words a text has, compared without case.
 * @param {string} text
 * @param {readonly string[]} taboo
 */
export function tabooHits(text, taboo) {
  const words = new Set(text.toLowerCase().split(/[^\p{L}\p{N}'-]+/u).filter(Boolean));
  return taboo.filter((word) => words.has(word.trim().toLowerCase()));
}
