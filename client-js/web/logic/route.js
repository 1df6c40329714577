/**
 * @typedef {{name: 'lobby' | 'queue' | 'invite' | 'join' | 'duel' | 'contest' | 'moderate' | 'unknown',
 *   argument: string}} Route
 */

const formats = ['pick', 'write', 'fire', 'mixed'];

/**
 * Reads the part of the address behind `#`.
 * @param {string} hash
 * @returns {Route}
 */
export function parseRoute(hash) {
  const [name = '', rawArgument = ''] = hash.replace(/^#?\/?/, '').split('/');
  let argument = '';
  try {
    argument = decodeURIComponent(rawArgument);
  } catch {
    return { name: 'unknown', argument: '' };
  }
  if (name === '') return { name: 'lobby', argument: '' };
  if (name === 'moderate') return { name, argument: '' };
  if ((name === 'queue' || name === 'invite') && formats.includes(argument)) return { name, argument };
  const isID = /^[A-Za-z0-9_-]{1,64}$/.test(argument);
  if ((name === 'join' || name === 'duel' || name === 'contest') && isID) return { name, argument };
  return { name: 'unknown', argument: '' };
}
