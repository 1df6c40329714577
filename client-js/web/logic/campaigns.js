/**
 * Which campaign is meant, and whether anything in it moves a rating.
 *
 * @typedef {{id: string, title: string, practice: boolean, units: number, model: string, kinds?: string[]}} Campaign
 */

/**
 * @template {{id: string}} One
 * @param {One[]} campaigns All that are open.
 * @param {string | null | undefined} id
 * @returns {One | null} The first one where that one isn't open, as for the server.
 */
export function campaignOf(campaigns, id) {
  return campaigns.find((campaign) => campaign.id === id) ?? campaigns[0] ?? null;
}

/**
 * Whether a rating can move anywhere here.
 * @param {{practice: boolean}[]} campaigns
 */
export function isRatedAnywhere(campaigns) {
  return campaigns.some(({ practice }) => !practice);
}

/** Why no rating moves in a practice campaign. */
export const practiceText = 'Practice: answers are public, so no rating moves.';

/**
 * Why a duel moves no rating.
 * @param {{rated: boolean, players: {kind: string, ghost?: boolean}[]}} view
 * @param {{practice: boolean} | null} campaign The one that is asked about.
 * @returns {string | null} Null where it moves them.
 */
export function unratedText({ rated, players }, campaign) {
  if (rated) return null;
  if (players.some(({ ghost }) => ghost)) return 'Your opponent was a ghost: a recording of a person, replayed with its own timing. It moves no rating.';
  if (players.some(({ kind }) => kind === 'bot')) return 'Against a bot no rating moves.';
  return campaign?.practice ? practiceText : 'This duel moves no rating.';
}

/**
 * The campaigns that may hold a unit: those of its model.
 * @template {{model: string}} One
 * @param {One[]} campaigns All that are open.
 * @param {string} unit
 */
export function campaignsOfUnit(campaigns, unit) {
  return campaigns.filter(({ model }) => unit.startsWith(`${model}/`));
}

/**
 * A campaign in a list to choose from.
 * @param {{title: string, practice: boolean}} campaign
 */
export function campaignOption({ title, practice }) {
  return practice && !/practice/i.test(title) ? `${title} (practice)` : title;
}

/**
 * How many wait for a duel in a campaign.
 * @param {number | undefined} count
 */
export function waitingText(count) {
  if (!count) return 'nobody waits here right now';
  return count === 1 ? 'one player waits here' : `${count} players wait here`;
}
