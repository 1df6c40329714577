/** What other people typed, made safe to look at. */

/** Characters that can't be seen: controls, formats, private, unassigned, halves of pairs. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;
/** Those that turn the reading direction. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Joiners where writing needs them: within an emoji, or between letters that are not told apart by them. */
const joiner = /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})|(?<=[\p{L}\p{M}])(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200c\u200d](?=\p{L})/gu;

/** @param {string} character */
function visibleMark(character) {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (turning.test(character)) return '\u21c4';
  return /\p{Cf}/u.test(character) ? '\u00b7' : '\ufffd';
}

/**
 * A text in which nothing is hidden and nothing reaches outside: what can't be seen, or would turn the
 * reading direction, has a visible mark; of a tower of combining marks the lowest two are left.
 * @param {string} text White space is left alone.
 */
export function openText(text) {
  /** @type {Set<number>} */
  const joiners = new Set();
  for (const match of text.matchAll(joiner)) joiners.add(match.index ?? -1);
  return text
    .replace(unseen, (character, /** @type {number} */ at) =>
      (/\s/u.test(character) && character !== '\ufeff') || joiners.has(at) ? character : visibleMark(character))
    .replace(/(\p{M}{2})\p{M}+/gu, '$1');
}

/**
 * A name or an explanation for display: open, on one line, bounded in length.
 * @param {unknown} value
 * @param {number} [limit]
 */
export function shownText(value, limit = 260) {
  const clean = openText(String(value ?? '').replace(/(?!\ufeff)\s+/gu, ' ')).trim();
  const points = [...clean];
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}\u2026` : clean;
}

/**
 * A text inside a sentence: its direction does not touch what stands around it. Elements have `bdi`.
 * @param {string} text
 */
export function isolated(text) {
  return `\u2068${text}\u2069`;
}

/**
 * A player's name; never empty.
 * @param {unknown} value
 */
export function shownName(value) {
  return shownText(value, 24) || 'somebody';
}

/**
 * What stands for a name where there is no room for it: its first letter, or the game's own where it has none.
 * @param {string} name
 */
export function initialOf(name) {
  const [letter] = (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? 'N').toLocaleUpperCase();
  return letter ?? 'N';
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
  const [kind = 'mlp', ...others] = campaign?.kinds ?? [];
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
