import { fill, h } from '../dom.js';
import { duration } from '../logic/clock.js';

/**
 * A contest's title, where it is, and when that ends.
 * @param {HTMLElement} place
 * @param {any} contest
 * @param {import('../app.js').App} app
 */
export function drawStatus(place, contest, app) {
  if (!contest) return;
  const until = contest.state === 'scheduled' ? contest.opensAt : contest.closesAt;
  const when = `${contest.state === 'scheduled' ? 'opens' : 'closes'} in ${duration(until - app.now())}`;
  if (place.dataset.title !== contest.title + contest.state) {
    place.dataset.title = contest.title + contest.state;
    fill(place, h('h2', null, contest.title), h('span', { class: `badge ${contest.state === 'open' ? 'hot' : ''}` }, contest.state),
      contest.state === 'final' ? null : h('span', { class: 'badge when', 'aria-live': 'off' }));
  }
  const badge = place.querySelector('.when');
  if (badge) badge.textContent = when;
}
