import { fill, h, svg } from '../dom.js';
import { practiceText } from '../logic/campaigns.js';
import { aUnit, formatName, shownName, shownText } from '../logic/text.js';
import { duration } from '../logic/clock.js';

/** Rings that go out from a point: somebody is being looked for. */
function orb() {
  return svg('svg', { class: 'waiting-orb', viewBox: '0 0 100 100', 'aria-hidden': 'true' },
    svg('circle', { class: 'ring', cx: 50, cy: 50, r: 46, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }),
    svg('circle', { class: 'ring b', cx: 50, cy: 50, r: 46, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }),
    svg('circle', { cx: 50, cy: 50, r: 13, fill: 'currentColor' }));
}

/**
 * @param {any} queue
 * @param {boolean} isRated Whether ratings say anything where it waits.
 */
function reasonText(queue, isRated) {
  const others = queue.others === 0 ? 'Nobody else waits for this game yet.'
    : queue.others === 1 ? 'One other player waits.' : `${queue.others} others wait.`;
  switch (queue.reason) {
    case 'alone': return `${others} You get the first who comes.`;
    case 'widening': return `${others} Looking ${isRated ? `within ${Math.round(queue.gap)} rating points` : 'near your level'}, and wider every second.`;
    case 'sameIdentity': return 'Only you yourself wait here, in another tab. Somebody else is needed.';
    default: return others;
  }
}

/** @type {import('../main.js').Screen} */
export function showQueue(main, app, format) {
  let isMatched = false;
  let isHere = true;
  let since = app.now();
  const why = h('p', { class: 'soft', role: 'status' }, 'Joining the queue\u2026');
  const waited = h('p', { class: 'eyebrow' });
  const where = h('p', { class: 'soft small' });
  // Where one waits, as the server says: another tab may have chosen otherwise.
  let campaign = app.campaign;
  const isRated = () => campaign?.practice !== true;
  const about = (/** @type {number} */ points) => (isRated() ? ` of about ${Math.round(points)} points` : '');
  const offer = h('div', { class: 'offer', 'aria-live': 'polite', hidden: true });
  main.append(h('section', { class: 'centre' }, orb(), h('h1', null, 'Finding your rival'), waited, why, where, offer,
    h('div', { class: 'row' }, h('button', { class: 'button', on: { click: () => app.go('#/') } }, 'Leave the queue'))));

  const matched = (/** @type {string} */ duel) => {
    isMatched = true;
    app.go(`#/duel/${duel}`);
  };
  const accept = async () => {
    const answer = await app.wish('queue.acceptBot', {});
    if (answer) matched(answer.duel);
  };
  const acceptGhost = async () => {
    const answer = await app.wish('queue.acceptGhost', {});
    if (answer) matched(answer.duel);
  };
  const showGhost = (/** @type {any} */ ghost) => {
    if (!ghost || offer.querySelector('#accept-ghost')) return;
    offer.append(h('button', { class: 'button', id: 'accept-ghost', on: { click: acceptGhost } }, 'Play a ghost'),
      h('p', { class: 'soft small' }, h('bdi', null, shownName(ghost.name)), `${isRated() ? `, about ${Math.round(ghost.rating)} points` : ''}: a duel that a person really played, replayed with its own timing.${isRated() ? ' It moves no rating.' : ''}`));
  };
  const showOffer = (/** @type {any} */ bot) => {
    if (!bot || !offer.hidden) return;
    offer.hidden = false;
    fill(offer, h('p', null, `Want to play now? ${bot.name}, a bot${about(bot.rating)}, is free.`),
      h('button', { class: 'button main', id: 'accept-bot', on: { click: accept } }, `Play ${bot.name}`),
      h('p', { class: 'soft small' }, isRated() ? 'Bots never move your rating. You can also just wait on.' : 'You can also just wait on.'));
  };
  const tell = () => {
    fill(where, app.campaigns.length > 1 ? [h('bdi', null, shownText(campaign?.title, 80)), '. '] : null, isRated() ? null : practiceText);
  };
  const waiting = (/** @type {any} */ queue) => {
    since = queue.since;
    campaign = app.campaignOf(queue.campaign);
    why.textContent = reasonText(queue, isRated());
    tell();
    if (queue.bot) showOffer(queue.bot);
    if (queue.ghost) showGhost(queue.ghost);
  };
  const join = async () => {
    await app.welcomed;
    if (!isHere) return;
    try {
      await app.client.command('queue.join', { format: /** @type {any} */ (format), ...app.choice });
    } catch (error) {
      const { code, reason } = /** @type {any} */ (error);
      if (code === 'already_in_duel' && app.activeDuel) matched(app.activeDuel);
      else if (code !== 'already_queued') {
        app.say(reason);
        app.go('#/');
      }
    }
  };
  const stops = [
    app.on('me', ({ type, data }) => {
      if (type === 'queue.waiting' && data.queue.format === format) waiting(data.queue);
      if (type === 'queue.botOffered') showOffer(data.bot);
      if (type === 'queue.ghostOffered') showGhost(data.ghost);
      if (type === 'duel.matched') matched(data.duel);
      if (type === 'queue.left' && data.reason === 'disconnected') join();
      if (type === 'me.snapshot') {
        if (data.queue) waiting(data.queue);
        else if (data.activeDuel) matched(data.activeDuel);
      }
    }),
  ];
  const timer = setInterval(() => {
    waited.textContent = `${formatName(format)} \u00b7 waiting ${duration(app.now() - since - 999)}`;
  }, 500);
  tell();
  join();
  return () => {
    isHere = false;
    clearInterval(timer);
    for (const stop of stops) stop();
    if (!isMatched) app.client.command('queue.leave').catch(() => {});
  };
}

/** @type {import('../main.js').Screen} */
export function showInvite(main, app, format) {
  const place = h('section', { class: 'centre' }, h('p', { class: 'soft' }, 'Making your link\u2026'));
  main.append(place);
  let isHere = true;
  app.welcomed.then(() => (isHere ? app.wish('duel.invite', { format, ...app.choice }) : null)).then((answer) => {
    if (!isHere) return undefined;
    if (!answer) return app.go('#/');
    const link = `${location.origin}${answer.invite.path}`;
    const field = h('input', { class: 'field', readonly: true, value: link, 'aria-label': 'Invite link', id: 'invite-link',
      on: { focus: () => field.select() } });
    const copy = h('button', { class: 'button main', on: { click: async () => {
      try {
        await navigator.clipboard.writeText(link);
        fill(copy, 'Copied \u2713');
        app.announce('Link copied.');
      } catch {
        field.focus();
        app.say('Copy the marked link.');
      }
    } } }, 'Copy');
    const left = h('span');
    const tick = () => { left.textContent = duration(answer.invite.expiresAt - app.now()); };
    timer = setInterval(tick, 1000);
    tick();
    fill(place, orb(), h('h1', null, 'Send this to a friend'),
      h('p', { class: 'soft' }, `Whoever opens it plays ${formatName(format)} against you. It starts the moment they join: keep this page open.`),
      app.campaigns.length > 1 ? h('p', { class: 'soft small' }, 'You play ', h('bdi', null, shownText(app.campaign.title, 80)), '.') : null,
      h('div', { class: 'copy' }, field, copy),
      h('p', { class: 'soft small' }, 'Good for another ', left),
      h('div', { class: 'row' },
        'share' in navigator ? h('button', { class: 'button', on: { click: () =>
          navigator.share({ title: 'NeuronArena', text: 'Can you read neurons better than I do?', url: link }).catch(() => {}) } }, 'Share\u2026') : null,
        h('a', { class: 'button plain', href: '#/' }, 'Back to the lobby')));
    return undefined;
  });
  /** @type {any} */ let timer = null;
  const stop = app.on('me', ({ type, data }) => {
    if (type === 'duel.matched') app.go(`#/duel/${data.duel}`);
    if (type === 'me.snapshot' && data.activeDuel) app.go(`#/duel/${data.activeDuel}`);
  });
  return () => {
    isHere = false;
    clearInterval(timer);
    stop();
  };
}

/** @type {import('../main.js').Screen} */
export function showJoin(main, app, code) {
  const problem = h('p', { role: 'alert', class: 'soft' });
  const what = h('span');
  const join = h('button', { class: 'button main huge', id: 'join', on: { click: async () => {
    join.disabled = true;
    try {
      const answer = await app.client.command('duel.join', { code });
      app.go(`#/duel/${answer.duel}`);
    } catch (error) {
      const refused = /** @type {any} */ (error);
      join.disabled = refused.code === 'invite_expired' || refused.code === 'own_invite';
      problem.textContent = refused.code === 'own_invite'
        ? 'This is your own link. Send it to a friend, or open it in another browser.' : refused.reason;
    }
  } } }, 'Accept the duel');
  main.append(h('section', { class: 'centre' }, orb(), h('h1', null, 'A friend challenges you'),
    h('p', null, 'You will both see where ', what, ' lights up. Whoever understands it better wins. No account needed.'),
    join, problem, h('a', { class: 'button plain', href: '#/' }, 'To the lobby')));
  const tell = () => { what.textContent = aUnit({ kinds: [...new Set(app.campaigns.flatMap(({ kinds }) => kinds ?? ['mlp']))] }); };
  tell();
  const stops = [
    app.on('online', tell),
    app.on('me', ({ type, data }) => { if (type === 'duel.matched') app.go(`#/duel/${data.duel}`); }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
