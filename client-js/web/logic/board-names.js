/** Names of boards, as they stand behind `board/` in a topic. Pure. */

export const spans = /** @type {const} */ ([['day', 'Today'], ['week', 'Week'], ['month', 'Month'], ['all', 'All time']]);

/**
 * @param {string} name Such as `rating:pick:week@DE` or `race-20261124T2300Z`.
 * @returns {{board: string, kind: string, subject: string, span: string, territory: string} | null} `board`: without
 *   the territory; kind, subject and span are empty for a contest's.
 */
export function parseBoard(name) {
  const match = /^(?:([A-Za-z0-9_-]{1,64})|(campaign|rating|series):([A-Za-z0-9_-]{1,64}):(day|week|month|all))(?:@([A-Z]{2}(?:-[A-Z0-9]{1,3})?))?$/.exec(name);
  if (!match) return null;
  const [, contest, kind = '', subject = '', span = '', territory = ''] = match;
  return { board: contest ?? `${kind}:${subject}:${span}`, kind, subject, span, territory };
}

/**
 * @param {string} board
 * @param {string} territory Empty for everywhere.
 */
export function boardName(board, territory) {
  return territory === '' ? board : `${board}@${territory}`;
}

/**
 * What a contest's series is called on the wire: all before the last dash of its id.
 * @param {string} contest
 */
export function seriesOf(contest) {
  const dash = contest.lastIndexOf('-');
  return dash > 0 ? contest.slice(0, dash) : contest;
}

/**
 * The points of a board in words.
 * @param {string} kind
 */
export function pointsText(kind) {
  return /** @type {Record<string, string>} */ ({
    rating: 'The rating after the last rated duel. Who has played none in this time is not on it.',
    campaign: 'The points of all duels between people, added up.',
    series: 'The points of all finished contests of this series, added up.',
  })[kind] ?? '';
}
