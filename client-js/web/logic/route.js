import { parseBoard } from './board-names.js';

/**
 * @typedef {{name: 'lobby' | 'first' | 'queue' | 'invite' | 'join' | 'duel' | 'replay' | 'contest' | 'board' | 'boards' | 'unit' | 'solo' | 'me' | 'why'
 *   | 'search' | 'settings' | 'moderate' | 'unknown', argument: string, query: string}} Route
 */

const formats = ['pick', 'write', 'fire', 'mixed'];
const plain = ['first', 'me', 'why', 'search', 'settings', 'moderate'];
const ofID = ['join', 'duel', 'replay', 'contest'];

/**
 * Reads the part of the address behind `#`.
 * @param {string} hash
 * @returns {Route}
 */
export function parseRoute(hash) {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [, name = '', rawArgument = ''] = /^([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const unknown = /** @type {const} */ ({ name: 'unknown', argument: '', query: '' });
  let argument = '';
  try {
    argument = decodeURIComponent(rawArgument);
  } catch {
    return unknown;
  }
  if (name === '' && argument === '') return { name: 'lobby', argument: '', query };
  const is = isArgument(name, argument);
  return is ? { name: /** @type {Route['name']} */ (name), argument: plain.includes(name) ? '' : argument, query } : unknown;
}

/**
 * Whether a screen can show something of this name.
 * @param {string} name
 * @param {string} argument
 */
function isArgument(name, argument) {
  if (plain.includes(name)) return true;
  if (name === 'queue' || name === 'invite') return formats.includes(argument);
  if (name === 'solo' && argument === '') return true;
  if (name === 'unit' || name === 'solo') return /^[A-Za-z0-9_.:-]+(\/[A-Za-z0-9_.:-]+){3}$/.test(argument) && argument.length <= 96;
  if (name === 'board') return parseBoard(argument) !== null;
  if (name === 'boards') return argument === '' || (parseBoard(argument)?.kind ?? '') !== '';
  return ofID.includes(name) && /^[A-Za-z0-9_-]{1,64}$/.test(argument);
}

/**
 * The address of a unit's page.
 * @param {string} unit
 */
export function unitAddress(unit) {
  return `#/unit/${unit.split('/').map(encodeURIComponent).join('/')}`;
}
