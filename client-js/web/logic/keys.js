/**
 * Choosing between A and B by keys: the letter chooses at once; arrows aim, Enter chooses what is
 * aimed at. What was chosen stays.
 *
 * @typedef {'a' | 'b'} Side
 * @typedef {{aimed: Side | null, chosen: Side | null}} Choosing
 */

/**
 * @param {Choosing} state
 * @param {string} key As in `KeyboardEvent.key`.
 * @returns {Choosing} The same object when the key means nothing.
 */
export function pressed(state, key) {
  if (state.chosen !== null) return state;
  switch (key) {
    case 'a': case 'A': case '1': return { aimed: 'a', chosen: 'a' };
    case 'b': case 'B': case '2': return { aimed: 'b', chosen: 'b' };
    case 'ArrowLeft': case 'ArrowUp': return { aimed: 'a', chosen: null };
    case 'ArrowRight': case 'ArrowDown': return { aimed: 'b', chosen: null };
    case 'Enter': return state.aimed ? { aimed: state.aimed, chosen: state.aimed } : state;
    default: return state;
  }
}
