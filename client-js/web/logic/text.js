/** What other people typed, made safe to look at. */

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;

/**
 * A name or an explanation for display: no controls, no characters that turn the reading direction,
 * no towers of combining marks, bounded in length.
 * @param {unknown} value
 * @param {number} [limit]
 */
export function shownText(value, limit = 260) {
  const clean = String(value ?? '')
    .replace(/\s+/gu, ' ')
    .replace(invisible, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim();
  const points = [...clean];
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}\u2026` : clean;
}

/**
 * A player's name; never empty.
 * @param {unknown} value
 */
export function shownName(value) {
  return shownText(value, 24) || 'somebody';
}

/** @param {number} value */
export function signed(value) {
  const rounded = Math.round(value);
  return rounded > 0 ? `+${rounded}` : rounded < 0 ? `\u2212${-rounded}` : '\u00b10';
}

/** @param {number} value */
export function grouped(value) {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Sorts of units as people say them, by what stands in a unit's name. */
const nouns = /** @type {Record<string, string>} */ ({ mlp: 'neuron', head: 'attention head', residual: 'direction', feature: 'feature' });
const anyNoun = 'part of the model';
const unitForm = /\/(mlp|head|residual|feature)(?::([^/]+))?\/(\d+)$/;

/**
 * The name of a unit as people say it.
 * @param {{id: string, layer: number}} unit
 */
export function unitName(unit) {
  const parts = unitForm.exec(unit.id);
  if (!parts) return unit.id;
  const [, kind = '', collection, index] = parts;
  return `${nouns[kind]} ${index}${collection ? ` of ${collection}` : ''} in layer ${unit.layer}`;
}

/**
 * The name of a unit where there is little room: without the dictionary or the set that it is of.
 * @param {string} id
 */
export function shortUnitName(id) {
  const layer = Number(/\/(\d+)\//.exec(id)?.[1] ?? 0);
  return unitName({ id: id.replace(/:[^/]+(?=\/\d+$)/, ''), layer });
}

/**
 * What sort of thing a unit is.
 * @param {{id: string} | null | undefined} unit
 */
export function unitNoun(unit) {
  return nouns[unitForm.exec(unit?.id ?? '')?.[1] ?? ''] ?? anyNoun;
}

/**
 * What sort of things a campaign holds, with its article: of several sorts a word for all.
 * @param {{kinds?: string[]} | null} campaign
 */
export function aUnit(campaign) {
  const [kind = '', ...others] = campaign?.kinds ?? ['mlp'];
  const noun = others.length === 0 ? nouns[kind] ?? anyNoun : anyNoun;
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/**
 * How many units a campaign holds, by their sorts.
 * @param {{units: number, kinds?: string[]}} campaign
 */
export function countedUnits(campaign) {
  const ending = campaign.units === 1 ? '' : 's';
  const sorts = (campaign.kinds ?? ['mlp']).map((kind) => `${nouns[kind] ?? 'unit'}${ending}`);
  const last = sorts.pop() ?? `unit${ending}`;
  return `${grouped(campaign.units)} ${sorts.length > 0 ? `${sorts.join(', ')} and ${last}` : last}`;
}

/** Duels and kinds of rounds, as people call them. */
export const formatNames = { pick: 'This vs That', oddOneOut: 'Odd one out', predict: 'Predict', write: 'Write', fire: 'Fire', mixed: 'Mixed' };

/** @param {string} format */
export function formatName(format) {
  return format in formatNames ? formatNames[/** @type {keyof typeof formatNames} */ (format)] : format;
}
