import { fill, h } from '../../dom.js';
import { stay } from '../../logic/clock.js';
import { hrefOf } from '../../logic/console.js';
import { grouped, shownName, shownText } from '../../logic/text.js';
import { playerActions } from './lists.js';

/**
 * A player, looked at: it goes on changing until it is closed.
 * @param {import('../../app.js').App} app
 * @param {import('./acts.js').Acting} act
 */
export function lookIn(app, act) {
  const place = h('section', { class: 'card stack look', 'aria-label': 'Look', hidden: true, tabindex: -1 });
  /** @type {string | null} */ let player = null;
  /** @type {any} */ let from = null;
  let shown = '';
  const close = () => {
    player = null;
    place.hidden = true;
    if (from instanceof HTMLElement && from.isConnected) from.focus();
  };
  const read = async () => {
    if (player === null) return;
    const own = player;
    try {
      const answer = await app.client.command('moderate.look', { player });
      if (own === player) draw(answer.player);
    } catch (error) {
      if (own !== player) return;
      app.say(shownText(/** @type {any} */ (error).reason, 300));
      close();
    }
  };
  const open = (/** @type {string} */ id) => {
    if (place.hidden) from = document.activeElement;
    player = id;
    shown = '';
    read();
  };
  const draw = (/** @type {any} */ look) => {
    const text = JSON.stringify(look);
    if (text === shown) return;
    const isFirst = shown === '';
    shown = text;
    const lines = (/** @type {string} */ title, /** @type {any[]} */ rows, /** @type {string} */ none) => h('div', null, h('h4', null, title),
      rows.length === 0 ? h('p', { class: 'soft small' }, none) : h('ul', { class: 'plain-list small' }, rows));
    const row = (/** @type {any} */ one) => h('li', null, link(one.link, shownText(one.title, 120)), h('span', { class: 'soft' }, ` ${shownText(one.detail, 200)} `), one.state ? h('span', { class: 'badge' }, one.state) : null);
    fill(place, h('div', { class: 'row apart' }, h('h3', null, h('bdi', null, shownName(look.name)), ' ', h('span', { class: 'soft small' }, look.player)),
      h('button', { class: 'button plain icon', 'aria-label': 'Close', on: { click: close } }, '\u00d7')),
    h('p', { class: 'soft small' }, `First here ${new Date(look.createdAt).toLocaleDateString()}, ${grouped(look.roundsPlayed)} rounds played.`,
      look.duel ? [' Plays ', link(`duel/${look.duel}`, 'a duel'), '.'] : null,
      look.contests.map((/** @type {string} */ id) => [' Runs in ', link(`contest/${id}`, id), '.']).flat()),
    h('div', { class: 'row' }, playerActions(act, open).filter(({ key }) => key !== 'l').map((action) => h('button', { class: 'button danger', on: { click: () => action.run(look) } }, action.title))),
    h('div', { class: 'look-parts' },
      lines('Connections', look.connections.map((/** @type {any} */ one) => h('li', null, h('code', null, one.address), ` for ${stay(app.now() - one.since)} `, h('span', { class: 'soft' }, one.topics.join(', ')))), 'Not here now.'),
      lines('In force', look.sanctions.map(row), 'Neither banned nor muted.'), lines('Reports and flags', look.cases.map(row), 'None open.'),
      lines('Last duels', look.duels.map(row), 'None.')));
    place.hidden = false;
    if (!isFirst) return;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'start' });
  };
  place.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape') close(); });
  return { element: place, open, read, close };
}

/**
 * @param {string | null} to
 * @param {string} text
 */
function link(to, text) {
  const href = hrefOf(to);
  return href ? h('a', { href }, h('bdi', null, text)) : h('bdi', null, text);
}
