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

/**
 * The name of a unit as people say it.
 * @param {{id: string, layer: number}} unit
 */
export function unitName(unit) {
  const parts = /\/(mlp|head|residual|feature)(?::([^/]+))?\/(\d+)$/.exec(unit.id);
  if (!parts) return unit.id;
  const [, kind, collection, index] = parts;
  const place = `in layer ${unit.layer}`;
  if (kind === 'mlp') return `neuron ${index} ${place}`;
  if (kind === 'head') return `attention head ${index} ${place}`;
  return `${kind === 'feature' ? 'feature' : 'direction'} ${index} of ${collection} ${place}`;
}

export const formatNames = { pick: 'This vs That', write: 'Write', fire: 'Fire' };

/** @param {string} format */
export function formatName(format) {
  return format in formatNames ? formatNames[/** @type {keyof typeof formatNames} */ (format)] : format;
}
