import { fill, h, svg } from '../dom.js';
import { aUnit, formatName } from '../logic/text.js';
import { duration } from '../logic/clock.js';

/** Rings that go out from a point: somebody is being looked for. */
function orb() {
  return svg('svg', { class: 'waiting-orb', viewBox: '0 0 100 100', 'aria-hidden': 'true' },
    svg('circle', { class: 'ring', cx: 50, cy: 50, r: 46, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }),
    svg('circle', { class: 'ring b', cx: 50, cy: 50, r: 46, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 }),
    svg('circle', { cx: 50, cy: 50, r: 13, fill: 'currentColor' }));
}

/** @param {any} queue */
function reasonText(queue) {
  const others = queue.others === 0 ? 'Nobody else waits for this game yet.'
    : queue.others === 1 ? 'One other player waits.' : `${queue.others} others wait.`;
  switch (queue.reason) {
    case 'alone': return `${others} You get the first who comes.`;
    case 'widening': return `${others} Looking within ${Math.round(queue.gap)} rating points, and wider every second.`;
    case 'sameIdentity': return 'Only you yourself wait here, in another tab. Somebody else is needed.';
    default: return others;
  }
}

/** @type {import('../main.js').Screen} */
export function showQueue(main, app, format) {
  let isMatched = false;
  let since = app.now();
  const why = h('p', { class: 'soft', role: 'status' }, 'Joining the queue\u2026');
  const waited = h('p', { class: 'eyebrow' });
  const offer = h('div', { class: 'offer', 'aria-live': 'polite', hidden: true });
  main.append(h('section', { class: 'centre' }, orb(), h('h1', null, 'Finding your rival'), waited, why, offer,
    h('div', { class: 'row' }, h('button', { class: 'button', on: { click: () => app.go('#/') } }, 'Leave the queue'))));

  const matched = (/** @type {string} */ duel) => {
    isMatched = true;
    app.go(`#/duel/${duel}`);
  };
  const accept = async () => {
    const answer = await app.wish('queue.acceptBot', {});
    if (answer) matched(answer.duel);
  };
  const showOffer = (/** @type {any} */ bot) => {
    if (!bot || !offer.hidden) return;
    offer.hidden = false;
    fill(offer, h('p', null, `Want to play now? ${bot.name}, a bot of about ${Math.round(bot.rating)} points, is free.`),
      h('button', { class: 'button main', id: 'accept-bot', on: { click: accept } }, `Play ${bot.name}`),
      h('p', { class: 'soft small' }, 'Bots never move your rating. You can also just wait on.'));
  };
  const waiting = (/** @type {any} */ queue) => {
    since = queue.since;
    why.textContent = reasonText(queue);
    if (queue.bot) showOffer(queue.bot);
  };
  const join = async () => {
    try {
      await app.client.command('queue.join', { format });
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
  join();
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    if (!isMatched) app.client.command('queue.leave').catch(() => {});
  };
}

/** @type {import('../main.js').Screen} */
export function showInvite(main, app, format) {
  const place = h('section', { class: 'centre' }, h('p', { class: 'soft' }, 'Making your link\u2026'));
  main.append(place);
  app.wish('duel.invite', { format }).then((answer) => {
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
  const tell = () => { what.textContent = aUnit(app.campaign); };
  tell();
  const stops = [
    app.on('online', tell),
    app.on('me', ({ type, data }) => { if (type === 'duel.matched') app.go(`#/duel/${data.duel}`); }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
