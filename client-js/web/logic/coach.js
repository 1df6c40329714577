/**
 * What the guide says in a guest's first duel. The first of its three moves was made on the page
 * before: touching the word that glows most.
 *
 * @typedef {{move: 1 | 2 | 3, text: string, isOver: boolean}} Advice `isOver`: nothing is left to learn,
 *   and the player may go.
 */

/**
 * @param {any} view As in `protocol/schemas/values/duelView.json`.
 * @returns {Advice | null} Null once the guide is no longer needed.
 */
export function coachAdvice(view) {
  if (!view.you) return null;
  const number = view.phase === 'reveal' ? view.reveal?.number : view.round?.number;
  if ((number ?? 1) > 1 || view.phase === 'finished') return null;
  if (view.phase === 'countdown') return { move: 1, text: 'That was a neuron at work. Now read one against a bot. This duel is for practice.', isOver: false };
  if (view.phase === 'reveal') return { move: 3, text: told(view), isOver: true };
  if (view.you.answer) return { move: 2, text: 'Locked in. Now the bot has to make up its mind.', isOver: false };
  if (view.phase === 'scoring') return { move: 2, text: 'Time is up. Here comes the answer.', isOver: false };
  return { move: 2, text: 'All of these light up one neuron. What do they share? Choose A or B.', isOver: false };
}

/** @param {any} view */
function told({ reveal, you }) {
  const side = reveal.answers?.[you.seat]?.side;
  const start = !side ? 'Too late this time, no harm done.' : side === reveal.right ? 'Right, you have read a neuron!' : 'Not this time, and now you know how it goes.';
  return `${start} Below: the bars show where it fired, the strips where each explanation said it would.`;
}
