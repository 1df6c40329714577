/**
 * Scores in words. A score without its interval says more than anybody knows, so these are never apart.
 *
 * @typedef {{value: number, low: number, high: number, cap: string | null}} Score
 */

/**
 * A score with its interval, such as `62 (48\u201375)`.
 * @param {Score} score
 */
export function shownScore({ value, low, high }) {
  return `${Math.round(value)} (${Math.round(low)}\u2013${Math.round(high)})`;
}

/**
 * One's own score while the round still runs.
 * @param {Score} score
 * @param {boolean} isProvisional
 */
export function ownScore(score, isProvisional) {
  return isProvisional ? `about ${shownScore(score)}, checking\u2026` : `scored ${shownScore(score)}`;
}
