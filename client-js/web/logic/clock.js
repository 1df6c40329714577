/** What a clock shows; all times are the server's, in milliseconds. */

/**
 * @param {number | null} from When the time began; null if unknown.
 * @param {number | null} until When it is over.
 * @param {number} now
 * @returns {{seconds: number, share: number, isLow: boolean}} Whole seconds left, rounded up, and the
 *   share of the time that is left, 0 to 1.
 */
export function clockFace(from, until, now) {
  if (until === null) return { seconds: 0, share: 0, isLow: false };
  const left = Math.max(0, until - now);
  const whole = from === null ? left : until - from;
  const share = whole > 0 ? Math.min(1, left / whole) : 0;
  return { seconds: Math.ceil(left / 1000), share, isLow: left <= 5000 && left > 0 };
}

/**
 * `m:ss`, or `h:mm:ss`, or days.
 * @param {number} ms
 */
export function duration(ms) {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  const minutes = Math.floor((total % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(total % 60)}` : `${minutes}:${two(total % 60)}`;
}

/**
 * How long somebody has been here, as people say it: whole minutes, hours and minutes, or days.
 * @param {number} ms
 */
export function stay(ms) {
  const minutes = Math.floor(Math.max(0, ms) / 60000);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`;
}

/**
 * When what a clock shows will change next, so that nothing is drawn in between.
 * @param {number} until
 * @param {number} now
 */
export function untilNextSecond(until, now) {
  const left = until - now;
  return left <= 0 ? Infinity : left - (Math.ceil(left / 1000) - 1) * 1000;
}
