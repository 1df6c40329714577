import { fill, h } from '../dom.js';
import { practiceText } from '../logic/campaigns.js';
import { counted, streakText } from '../logic/solo.js';
import { formatName, shownName, shownText, shortUnitName, signed } from '../logic/text.js';
import { nameForm } from './name-form.js';
import { textRow } from './solo-texts.js';
import { unitLink } from './unit-link.js';

const dayNames = /** @type {Record<string, string>} */ ({ played: 'finished', spared: 'a spare day', missed: 'missed', open: 'today, still open' });
const outcomes = /** @type {Record<string, string>} */ ({ won: 'won', lost: 'lost', draw: 'draw', void: 'void' });
/** How much of a list is shown before more is asked for. */
const firstRows = 6;

/**
 * What a player has done here, and what can be taken back.
 * @type {import('../main.js').Screen}
 */
export function showProfile(main, app) {
  const place = h('div', { class: 'stack' }, h('p', { class: 'soft', role: 'status' }, 'Opening\u2026'));
  const name = nameForm(app);
  main.append(h('section', { class: 'profile' },
    h('div', { class: 'row apart' }, h('h1', null, 'Your profile'), h('a', { class: 'button main', href: '#/solo' }, 'Play solo')),
    name.element, place));
  let isHere = true;
  const open = async () => {
    try {
      const { profile } = await app.client.command('profile.get', {});
      if (isHere) fill(place, page(profile, app, open));
    } catch (error) {
      if (isHere) fill(place, h('p', { role: 'alert' }, /** @type {any} */ (error).reason), h('div', { class: 'row' }, h('button', { class: 'button main', on: { click: open } }, 'Try again')));
    }
  };
  open();
  const stops = [app.on('me', ({ type }) => { if (type === 'solo.scored') open(); }), app.on('online', open)];
  return () => {
    isHere = false;
    name.stop();
    for (const stop of stops) stop();
  };
}

/**
 * @param {any} profile As in `protocol/schemas/values/profile.json`.
 * @param {import('../app.js').App} app
 * @param {() => void} reload
 */
function page(profile, app, reload) {
  const drafts = profile.texts.filter((/** @type {any} */ text) => text.state !== 'scored');
  const done = profile.texts.filter((/** @type {any} */ text) => text.state === 'scored');
  return [
    h('div', { class: 'tiles' }, streakCard(profile.streak), budgetCard(profile), ratingsCard(app, profile.picks)),
    card('Milestones', h('ul', { class: 'milestones' }, profile.milestones.map(milestone))),
    card('Your atlas', profile.atlas.length === 0 ? soft('What you explain best is mapped here. Start with one unit in solo play.') : cut('ul', 'atlas', profile.atlas.map(atlasEntry))),
    drafts.length === 0 ? null : card('Waiting for a score', [soft('A draft is scored when three others vote for it, or when the engine has nothing else to do. Nothing is thrown away.'), cut('ul', 'explanations', drafts.map(ownText))]),
    card('What you wrote', done.length === 0 ? soft('Nothing yet.') : cut('ul', 'explanations', done.map(ownText))),
    card('Your votes', profile.votes.length === 0 ? soft('You have not voted yet.') : cut('ul', 'ballots', profile.votes.map((/** @type {any} */ vote) => voteRow(vote, app, reload)))),
    card('Your duels', profile.duels.length === 0 ? soft('You have not played a duel yet.') : cut('ul', 'duels', profile.duels.map(duelRow))),
  ];
}

/**
 * @param {string} title
 * @param {any} content
 */
function card(title, content) {
  return h('section', { class: 'card stack', 'aria-label': title }, h('h2', null, title), ...[content].flat());
}

/** @param {string} text */
function soft(text) {
  return h('p', { class: 'soft' }, text);
}

/**
 * A list, the rest of which is there for the asking.
 * @param {string} tag
 * @param {string} name
 * @param {HTMLElement[]} rows
 */
function cut(tag, name, rows) {
  const list = h(tag, { class: name }, rows.slice(0, firstRows));
  if (rows.length <= firstRows) return [list];
  const more = h('button', { class: 'button', on: { click: () => {
    list.append(...rows.slice(firstRows));
    more.remove();
    /** @type {HTMLElement | null | undefined} */ (rows[firstRows]?.querySelector('a, button'))?.focus({ preventScroll: true });
  } } }, `Show ${rows.length - firstRows} more`);
  return [list, h('div', { class: 'row' }, more)];
}

/** @param {any} streak */
function streakCard(streak) {
  const days = streak.lately.map((/** @type {string} */ day) => h('i', { class: day }));
  const told = `The last ${days.length} days: ${['played', 'spared', 'missed'].map((kind) => `${streak.lately.filter((/** @type {string} */ day) => day === kind).length} ${dayNames[kind]}`).join(', ')}.`;
  return h('section', { class: 'card tile', 'aria-label': 'Streak' }, h('p', { class: 'eyebrow' }, 'Streak'),
    h('p', { class: 'amount' }, counted(streak.days, 'day')), h('div', { class: 'days', role: 'img', 'aria-label': told }, days),
    h('p', { class: 'soft small' }, streakText(streak), streak.longest > streak.days ? ` Longest: ${counted(streak.longest, 'day')}.` : ''));
}

/** @param {any} profile */
function budgetCard({ budget, queue }) {
  const bar = h('i');
  bar.style.transform = `scaleX(${budget.of > 0 ? budget.left / budget.of : 0})`;
  const renews = new Date(budget.renewsAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return h('section', { class: 'card tile', 'aria-label': 'Scores' }, h('p', { class: 'eyebrow' }, 'Scores'), h('p', { class: 'amount' }, `${budget.left} of ${budget.of}`),
    h('div', { class: 'meter', 'aria-hidden': 'true' }, bar),
    h('p', { class: 'soft small' }, `left today; anew at ${renews}.${budget.established ? '' : ' From your second day and tenth round on there are 100.'}${queue > 0 ? ` ${counted(queue, 'text')} of all players in the queue.` : ''}`));
}

/**
 * @param {import('../app.js').App} app
 * @param {{right: number, of: number}} picks
 */
function ratingsCard({ player, isRatedAnywhere }, picks) {
  const formats = ['pick', 'write', 'fire', 'mixed'];
  const right = picks.of > 0 ? `${picks.right} of your last ${picks.of} picks were right.` : '';
  if (!isRatedAnywhere) {
    return h('section', { class: 'card tile', 'aria-label': 'Ratings' }, h('p', { class: 'eyebrow' }, 'Ratings'), h('p', { class: 'amount' }, 'None here'),
      h('p', { class: 'soft small' }, `${practiceText} `, right));
  }
  return h('section', { class: 'card tile', 'aria-label': 'Ratings' }, h('p', { class: 'eyebrow' }, 'Ratings'),
    h('dl', { class: 'ratings' }, formats.filter((format) => player?.ratings?.[format]).map((format) => {
      const { rating, provisional } = player.ratings[format];
      return h('div', null, h('dt', null, formatName(format)), h('dd', null, `${Math.round(rating)}${provisional ? '?' : ''}`));
    })), h('p', { class: 'soft small' }, right || '\u201c?\u201d: too few duels to be sure.'));
}

/** @param {any} one */
function milestone({ title, text, value, goal, earnedAt }) {
  const bar = h('i');
  bar.style.transform = `scaleX(${value / goal})`;
  return h('li', { class: earnedAt === null ? '' : 'earned' }, h('b', null, title), h('small', { class: 'soft' }, text),
    earnedAt === null ? [h('div', { class: 'meter', 'aria-hidden': 'true' }, bar), h('small', { class: 'soft count' }, `${value} of ${goal}`)]
      : h('small', { class: 'date' }, `earned ${day(earnedAt)}`));
}

/** @param {number} at */
function day(at) {
  return new Date(at).toLocaleDateString([], { day: 'numeric', month: 'short', year: 'numeric' });
}

/** @param {any} entry */
function atlasEntry({ unit, text, score, best }) {
  return h('li', null, unitLink(unit.id, shortUnitName(unit.id)), h('bdi', { class: 'what' }, shownText(text)),
    h('span', { class: 'value' }, Math.round(score.value)), best ? h('span', { class: 'badge hot' }, 'best known') : null);
}

/** @param {any} text */
function ownText(text) {
  const row = textRow(text);
  row.append(h('a', { class: 'small', href: `#/solo/${text.unit}` }, `${shortUnitName(text.unit)}: look again`));
  return row;
}

/**
 * @param {any} vote
 * @param {import('../app.js').App} app
 * @param {() => void} reload
 */
function voteRow(vote, app, reload) {
  const text = shownText(vote.text);
  const back = async () => {
    if (await app.wish('solo.vote', { unit: vote.unit, explanation: vote.explanation, vote: 'none' })) reload();
  };
  return h('li', null, h('span', { class: `way ${vote.vote}`, 'aria-hidden': 'true' }, vote.vote === 'up' ? '\u25b2' : '\u25bc'),
    h('span', null, h('bdi', { class: 'what' }, text), h('small', { class: 'soft' }, vote.vote === 'up' ? ' fits ' : ' doesn\u2019t fit ', unitLink(vote.unit, shortUnitName(vote.unit)))),
    h('button', { class: 'button plain', 'aria-label': `Take back the vote on ${text}`, on: { click: back } }, 'Take back'));
}

/** @param {any} duel */
function duelRow({ duel, format, endedAt, opponent, bot, outcome, points, theirs, rating }) {
  return h('li', null, h('a', { href: `#/duel/${duel}` }, h('span', { class: 'who' }, h('span', null, outcomes[outcome] ?? outcome, ' against ', h('bdi', null, shownName(opponent)), bot ? ', a bot' : '')),
    h('span', { class: 'score' }, `${points} : ${theirs}`), h('span', { class: 'soft small' }, `${formatName(format)}, ${day(endedAt)}`),
    h('span', { class: 'soft small' }, rating === null ? 'unrated' : signed(Math.round(rating)))));
}
