/** What a unit's page says, apart from how it looks. Pure. */

/**
 * How often a unit fires, as people say it.
 * @param {number} density The share of tokens, 0 to 1.
 */
export function shownDensity(density) {
  if (!(density > 0)) return 'hardly ever fires';
  if (density >= 0.005) return `fires on ${(density * 100).toFixed(density >= 0.1 ? 0 : 1)} % of all word pieces`;
  return `fires on one word piece in ${Math.round(1 / density)}`;
}

/** How an excerpt was drawn, as people say it; of top ones nothing is said. */
const kindNames = /** @type {Record<string, string>} */ ({ quantile: 'milder', random: 'any text', nearMiss: 'near miss' });

/** @param {string} kind */
export function excerptNote(kind) {
  return kindNames[kind] ?? '';
}

const relationNames = /** @type {Record<string, string>} */ ({
  weights: 'wired alike', firing: 'fires together', before: 'the one before', after: 'the next one',
});

/**
 * Neighbours, each once, with what makes it one.
 * @param {{unit: string, relation: string, here?: boolean}[]} neighbours
 * @returns {{unit: string, why: string, isHere: boolean}[]} `isHere`: whether there is a page of it.
 */
export function nearUnits(neighbours) {
  /** @type {Map<string, {why: string[], isHere: boolean}>} */
  const found = new Map();
  for (const { unit, relation, here } of neighbours) {
    const why = relationNames[relation] ?? relation;
    found.set(unit, { why: [...new Set([...(found.get(unit)?.why ?? []), why])], isHere: here !== false });
  }
  return [...found].map(([unit, { why, isHere }]) => ({ unit, why: why.join(', '), isHere }));
}

/**
 * A token as a chip: its spaces and line breaks visible, never empty.
 * @param {string} token
 */
export function shownToken(token) {
  const text = token.replace(/^ /, '').replace(/\r?\n/g, '\u21b5').replace(/\t/g, '\u21e5').replace(/ /g, '\u2423');
  return text === '' ? '\u2423' : text;
}
