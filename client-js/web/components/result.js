import { fill, h } from '../dom.js';
import { unratedText } from '../logic/campaigns.js';
import { formatName, isolated, shortUnitName, shownText, signed } from '../logic/text.js';
import { unitLink } from './unit-link.js';

const reasons = /** @type {Record<string, string>} */ ({
  resigned: 'by resignation', absent: 'the other player left', moderator: 'ended by a moderator',
});

/**
 * Who won, by what, and why it mattered.
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 * @returns {import('./duel.js').Stage}
 */
export function resultStage(view, context) {
  const { result } = view;
  const left = context.left();
  const seat = view.you?.seat ?? null;
  const ghost = view.players.some((/** @type {any} */ player) => player.ghost);
  const unrated = unratedText({ rated: result.rated, players: view.players }, context.app.campaignOf(view.campaign));
  const title = headline(result, seat, context);
  context.app.announce(`${title}. ${result.totals[left]} to ${result.totals[1 - left]}.`);
  const rematch = h('button', { class: 'button main huge', id: 'rematch' });
  const offered = h('p', { class: 'soft', role: 'status' });
  rematch.addEventListener('click', async () => {
    rematch.disabled = true;
    const answer = await context.app.wish('duel.rematch', { duel: context.id });
    if (!answer) rematch.disabled = false;
    else if (answer.duel) context.app.go(`#/duel/${answer.duel}`);
    else offered.textContent = 'Waiting for your opponent to agree\u2026';
  });
  const element = h('section', { class: 'result' },
    h('h2', { class: `shout ${seat === null || result.winner === null ? '' : result.winner === seat ? 'right' : 'wrong'}` }, title), reasons[result.reason] ? h('p', { class: 'soft' }, reasons[result.reason], result.note ? `: ${shownText(result.note)}` : '') : null,
    h('div', { class: 'big' }, h('span', { class: 'one' }, result.totals[left]), h('span', { class: 'dash' }, ':'), h('span', { class: 'two' }, result.totals[1 - left])),
    h('div', { class: 'pairing small' }, h('bdi', { class: 'one' }, context.name(left), change(result, left)), h('span'),
      h('bdi', { class: 'two' }, context.name(1 - left), change(result, 1 - left))),
    unrated ? h('p', { class: 'soft small' }, unrated) : null,
    h('div', { class: 'row' }, seat === null || ghost ? null : rematch, h('a', { class: 'button', href: '#/' }, 'Back to the lobby'),
      result.outcome === 'void' || location.hash.startsWith('#/replay/') ? null : h('a', { class: 'button plain', href: `#/replay/${context.id}` }, 'Watch the replay'),
      seat === null || location.hash.startsWith('#/replay/') ? null : h('button', { class: 'button plain', id: 'report', on: { click: () => reportDuel(view, context) } }, 'Report')), offered,
    h('div', { class: 'card why stack' }, h('h3', null, shownText(result.card.title)), h('p', null, shownText(result.card.text, 600)),
      h('p', { class: 'small' }, h('a', { href: '#/why' }, 'Why it matters, with sources'))),
    result.rounds.length > 0 ? h('div', { class: 'card' }, h('h3', null, 'Round by round'), roundTable(result, context)) : null);
  fill(rematch, 'Rematch');
  return {
    element,
    update(now) {
      if (now.rematchOffered && !rematch.disabled) {
        fill(rematch, 'Accept the rematch');
        offered.textContent = 'Your opponent wants another one.';
      }
    },
  };
}

/**
 * @param {any} view
 * @param {import('./duel.js').DuelContext} context
 */
async function reportDuel(view, context) {
  const { report } = await import('./report.js');
  const other = view.players[1 - view.you.seat];
  report(context.app, [[`duel/${context.id}`, 'this duel'], ...(other.kind === 'human' ? [[`player/${other.player}`, `the player ${context.name(1 - view.you.seat)}`]] : [])]);
}

/**
 * @param {any} result
 * @param {number | null} seat
 * @param {import('./duel.js').DuelContext} context
 */
function headline(result, seat, context) {
  if (result.outcome === 'void') return 'This duel does not count';
  if (result.outcome === 'draw') return 'A draw';
  if (seat === null) return `${isolated(context.name(result.winner))} wins`;
  return result.winner === seat ? 'You win!' : `${isolated(context.name(result.winner))} wins`;
}

/**
 * @param {any} result
 * @param {number} seat
 */
function change(result, seat) {
  const rating = result.ratings[seat];
  if (!rating) return null;
  const by = rating.after.rating - rating.before.rating;
  return [h('br'), h('span', { class: `delta ${by >= 0 ? 'up' : 'down'}` }, signed(by)),
    h('span', { class: 'soft' }, ` (${Math.round(rating.after.rating)})`)];
}

/**
 * @param {any} result
 * @param {import('./duel.js').DuelContext} context
 */
function roundTable(result, context) {
  const left = context.left();
  return h('table', { class: 'rounds' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Round'), h('th', { class: 'n', scope: 'col' }, h('bdi', null, context.name(left))),
      h('th', { class: 'n', scope: 'col' }, h('bdi', null, context.name(1 - left))))),
    h('tbody', null, result.rounds.map((/** @type {any} */ round) => h('tr', null,
      h('td', null, `${round.number}. ${formatName(round.kind)}`, round.weight === 2 ? ' (double)' : '', round.counted ? '' : ' (not counted)',
        h('span', { class: 'soft unit' }, unitLink(round.unit, shortUnitName(round.unit)))),
      h('td', { class: 'n' }, round.points[left]), h('td', { class: 'n' }, round.points[1 - left])))));
}
