import { shownName } from './text.js';

/**
 * What a program says of the unit of a write round, and what is to be said of that; null where the
 * server tells nothing.
 * @param {any} reveal
 * @returns {{ text: string, score: any, note: string } | null}
 */
export function machineOf(reveal) {
  const said = reveal.machine;
  if (!said) return null;
  const theirs = reveal.scores?.find((/** @type {any} */ score) => score)?.scorer;
  const written = `Written by a program, ${shownName(said.author.name)}, from clues alone.`;
  // Scores of different scorers are on different scales.
  const isOther = said.score && theirs && said.score.scorer !== theirs;
  return { text: said.text, score: said.score ?? null,
    note: isOther ? `${written} Scored by ${shownName(said.score.scorer)}, not as the texts above.` : written };
}
