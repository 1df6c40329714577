/**
 * A WebSocket that answers as an arena would, for looking at pages without one. The scene is named
 * by `?scene=`; see `scenes`. Load `excerpts.js` first. For development only.
 */
(() => {
  const units = window.previewUnits;
  const now = () => Date.now();
  const scene = new URLSearchParams(location.search).get('scene') ?? 'lobby';
  const rating = (value) => ({ rating: value, deviation: 120, provisional: false });
  const player = { id: 'p_me', name: 'Ada', ratings: { pick: rating(1540), write: rating(1500), fire: rating(1500), mixed: rating(1500) },
    showExplicit: false, roundsPlayed: 31, createdAt: now() - 9e8 };
  const seats = [
    { player: 'p_me', name: 'Ada', kind: 'human', rating: 1540, deviation: 120, connected: true },
    { player: 'p_them', name: 'Grace H.', kind: 'human', rating: 1562.4, deviation: 90, connected: true }];
  // Units of other sorts, with the longest names that they can have.
  const sorts = { head: 'smollm2-135m/25/head/8', feature: 'gemma-2-2b/25/feature:layer_25-width_16k-average_l0_82-canonical-res.v2/16383' };
  const sort = scene.split('-')[0] in sorts ? scene.split('-')[0] : 'mlp';
  if (sort !== 'mlp') units.disasters.unit.id = sorts[sort];
  const contest = (state = 'open') => ({ id: 'c_1', title: 'Race of the hour', kind: 'race', state, opensAt: now() - 1.2e6,
    closesAt: now() + 2.4e6, players: 48, runSeconds: 300, wrongCostSeconds: 10, wrongMax: 3, endedBecause: null, amended: false });
  const names = ['Marie', 'Alan T.', 'Grace H.', 'Chien', 'Ada', 'Emmy', 'Tim', 'Radia', 'Ken', 'Barbara', 'Dennis', 'Hedy', 'Linus', 'Margaret', 'Niklaus', 'Edsger'];
  const entries = () => names.map((name, i) => ({ player: name === 'Ada' ? 'p_me' : `p_${i}`, name, points: 31 - i * 2, finishedAt: now() - i * 1000 }));
  const listing = (id, a, b, format, round, of, totals, spectators) => ({ id, format, players: [a, b], round, of, totals, spectators, startedAt: now() - 60000 });
  const listings = [listing('d_7', 'Marie', 'Alan T.', 'pick', 4, 5, [412, 388], 14), listing('d_8', 'Chien', 'Relu the bot', 'fire', 2, 3, [118, 64], 3),
    listing('d_9', '\u202eevil\u202c name', 'Emmy', 'write', 1, 3, [0, 0], 0)];
  const lobby = () => ({ online: 63, playing: 12, waiting: { pick: 1, write: 0, fire: 0, mixed: 0 }, duels: scene === 'empty' ? [] : listings, contests: [contest()] });
  const ofMixed = { oddOneOut: 2, predict: 3 };
  const odd = () => [units.disasters.clues[1], units.disasters.clues[3], units.family.clues[0], units.disasters.clues[0]];
  const asked = units.disasters.clues[6];
  const plain = ({ tokens, window }) => ({ tokens, window });
  const round = (kind, number = ofMixed[kind] ?? 2, unit = units.disasters) => ({ number, of: kind === 'pick' || kind in ofMixed ? 5 : 3, kind, suddenDeath: false,
    weight: number === 5 || (kind !== 'pick' && !(kind in ofMixed) && number === 3) ? 2 : 1, unit: unit.unit, clues: kind in ofMixed ? [] : unit.clues.slice(0, 5), startedAt: now() - 9000,
    excerpts: kind === 'oddOneOut' ? odd().map(plain) : kind === 'predict' ? [{ ...plain(asked), window: [0, asked.tokens.length] }] : null,
    explanation: kind === 'predict' ? unit.explanation : null,
    deadline: now() + (kind === 'oddOneOut' ? 11000 : kind === 'pick' || kind === 'predict' ? 21000 : kind === 'write' ? 66000 : 51000),
    options: kind === 'pick' ? { a: unit.explanation, b: 'water, rain and wet places' } : null,
    taboo: kind === 'fire' ? ['storm', 'earthquake', 'drought', 'thunderous', 'volcano'] : null, tries: kind === 'fire' ? 3 : null, full100: kind === 'fire' ? 7.508 : null });
  const credit = (text, kind, name, value) => ({ text, author: { kind, player: kind === 'player' ? 'p_9' : null, name },
    score: { value, low: value - 11, high: Math.min(100, value + 9), cap: null, scorer: 'gen-window/1' } });
  const attempt = (n, text, points, activations) => ({ attempt: n, text, state: 'measured', copied: false, points, refused: null, peak: Math.max(...activations),
    tokens: text.split(/(?= )/).map((part, i) => ({ text: part, activation: activations[i] ?? 0.1 })) });
  const tries = [attempt(1, 'The village burned after the eruption', 96, [0.1, 0.4, 1.8, 4.2, 3.1, 7.2]), attempt(2, 'Survivors fled the flooding and the quake', 121, [2.1, 1.2, 0.8, 6.5, 0.6, 1.1, 9.08])];
  const kind = /^\w+-(\w+)-/.exec(scene)?.[1] ?? 'pick';
  const phase = /-(\w+)$/.exec(scene)?.[1] ?? 'question';
  const heat = (excerpt = units.disasters.clues[5]) => ({ excerpt, predicted: [
    { label: kind === 'write' ? '0' : 'a', values: excerpt.activations.map((a, i) => Math.min(1, Math.max(0, a / excerpt.scale * 0.8 + ((i * 37) % 10) / 60))) },
    { label: kind === 'write' ? '1' : 'b', values: excerpt.activations.map((a, i) => ((i * 53) % 17) / 22) }] });
  const blankReveal = (kind) => ({ number: 2, kind, weight: 1, suddenDeath: false, unit: units.disasters.unit, counted: true, answers: [null, null], points: [0, 0],
    milliseconds: [null, null], right: null, basis: null, explanations: null, scores: null, shared: false, tries: null, best: null, heat: heat() });
  const reveals = {
    pick: { ...blankReveal('pick'), answers: [{ kind: 'pick', side: 'a' }, { kind: 'pick', side: 'b' }], points: [138, 0], milliseconds: [7200, 11900], right: 'a', basis: 'readers',
      explanations: { a: credit(units.disasters.explanation, 'house', 'the house', 78), b: credit('water, rain and wet places', 'machine', 'concepts/1', 31) } },
    write: { ...blankReveal('write'), answers: [{ kind: 'write', text: 'natural disasters' }, { kind: 'write', text: 'storm, drought, earthquake' }], points: [74, 49],
      scores: [{ value: 74.2, low: 58, high: 86.1, cap: null, scorer: 'x/1' }, { value: 49, low: 33, high: 66, cap: 'peakWordList', scorer: 'x/1' }], best: credit(units.disasters.explanation, 'house', 'the house', 78) },
    fire: { ...blankReveal('fire'), points: [121, 64], tries: [tries, [attempt(1, 'A hurricane drowned the harbour', 64, [0.2, 4.8, 2.2, 0.4, 1.1])]], best: credit(units.disasters.explanation, 'house', 'the house', 78),
      heat: { ...heat(), predicted: [] } },
  };
  const silent = (excerpt) => ({ ...excerpt, kind: 'random', scale: units.disasters.clues[0].scale, activations: excerpt.activations.map((a) => a / 40) });
  reveals.oddOneOut = { ...blankReveal('oddOneOut'), answers: [{ kind: 'oddOneOut', odd: 3 }, { kind: 'oddOneOut', odd: 0 }], points: [126, 0], milliseconds: [9600, 11200],
    excerpts: odd().map((excerpt, i) => (i === 2 ? silent(excerpt) : excerpt)), odd: 3, best: credit(units.disasters.explanation, 'house', 'the house', 78), heat: null };
  reveals.predict = { ...blankReveal('predict'), number: 3, answers: [{ kind: 'predict', tokens: [16, 17, 18, 29] }, { kind: 'predict', tokens: [12, 13] }], points: [47, 0], milliseconds: [19600, 24800],
    firing: [18, 29], explanation: credit(units.disasters.explanation, 'house', 'the house', 78), heat: { excerpt: asked, predicted: [{ label: 'shown', values: heat(asked).predicted[0].values }] } };
  const summary = (number, points) => ({ number, kind: 'pick', unit: units.disasters.unit.id, weight: number === 5 ? 2 : 1, suddenDeath: false, points, counted: true });
  const result = { outcome: 'win', winner: 0, reason: 'points', note: null, totals: [684, 571], rated: true,
    rounds: [summary(1, [131, 0]), summary(2, [0, 126]), summary(3, [140, 133]), summary(4, [139, 48]), summary(5, [274, 264])],
    ratings: [{ before: rating(1540), after: rating(1561) }, { before: rating(1562), after: rating(1544) }],
    card: { title: 'Why read neurons?', text: 'Nobody programs what a language model thinks; it grows. Reading single neurons is one of the few ways to see whether a model means what it says.' } };
  const duel = (kind, phase, watching = false) => ({ id: 'd_1', format: kind in ofMixed ? 'mixed' : kind, rounds: kind === 'pick' || kind === 'mixed' || kind in ofMixed ? 5 : 3, players: seats.map((s, i) => ({ ...s, connected: scene !== 'away' || i === 0 })), private: false, rated: true,
    startsAt: now() + 2500, phase, phaseEndsAt: now() + (phase === 'reveal' ? 7600 : 21000), round: phase === 'countdown' ? null : round(kind),
    lockedIn: [phase !== 'question', phase === 'question' || phase === 'scoring'], ready: [false, false], reveal: phase === 'reveal' ? reveals[kind] : null,
    totals: phase === 'finished' ? result.totals : phase === 'reveal' ? [131 + reveals[kind].points[0], reveals[kind].points[1]] : [131, 0],
    history: phase === 'finished' ? result.rounds : [summary(1, [131, 0])], claimableAt: [null, scene === 'away' ? now() + 14000 : null], result: phase === 'finished' ? result : null, spectators: 7,
    you: watching ? null : { seat: 0, answer: null, textState: null, refused: null, tries: kind === 'fire' ? tries : [], triesLeft: kind === 'fire' ? 1 : null } });
  const question = (number, unit) => ({ number, deadline: now() + 24000, unit: unit.unit, clues: unit.clues.slice(0, 4), options: { a: 'things about the weather', b: unit.explanation } });
  let run = { contest: 'c_1', startedAt: now() - 60000, endsAt: now() + 194000, points: 22, wrong: 1, over: false, endReason: null, question: question(24, units.family) };
  const moderation = () => ({ connections: 71, players: names.slice(0, 6).map((name, i) => ({ player: `p_${i}`, name, connections: 1, connectedSince: now() - i * 81000, duel: i < 2 ? 'd_7' : null, contest: i === 3 ? 'c_1' : null })),
    duels: listings, contests: [contest(), { ...contest('final'), id: 'c_0', title: 'Race of 14:00' }], queues: { pick: 1, write: 0, fire: 0, mixed: 0 } });
  const snapshots = {
    lobby: () => ['lobby.snapshot', { lobby: lobby() }], moderation: () => ['moderation.snapshot', { moderation: moderation() }],
    me: () => ['me.snapshot', { player, activeDuel: null, queue: null, invite: null, run: scene === 'race' ? run : null }],
    'duel/d_1': () => ['duel.snapshot', { duel: duel(kind, phase, scene.startsWith('watch')) }],
    'board/c_1': () => ['board.snapshot', { contest: contest(), version: 4, count: 48, entries: entries() }],
  };
  const answers = {
    hello: () => ({ player, secret: 's', role: 'player', serverTime: now(), activeDuel: null, activeRun: scene === 'race' ? 'c_1' : null,
      campaign: { id: 'k', title: 'First light', model: 'SmolLM2-135M-Instruct', units: 128, practice: true, notice: 'A practice campaign: its answers are public, so ratings are for fun.',
        formats: scene === 'imported' ? ['pick', 'write'] : ['pick', 'write', 'fire', 'mixed'], kinds: scene === 'imported' ? ['head', 'feature'] : [sort] },
      limits: { nameCharactersMax: 24, meaningsMax: 3, meaningWordsMax: 12, meaningCharactersMax: 80, fireTokensMax: 24, fireCharactersMax: 200, fireTries: 3 } }),
    ping: (data) => ({ clientTime: data.clientTime, serverTime: now() }),
    'queue.join': () => ({ position: 1, waiting: 1 }),
    'duel.answer': (data) => ({ round: data.round, attempt: null, triesLeft: data.answer.kind === 'fire' ? 0 : null }),
    'duel.invite': (data) => ({ invite: { code: 'K7Q2-MOSS', format: data.format, path: '/#/join/K7Q2-MOSS', expiresAt: now() + 1.7e6 } }),
    'contest.start': () => ({ run }),
    'contest.answer': (data) => {
      const right = data.side === 'b';
      run = { ...run, points: run.points + (right ? 1 : 0), wrong: run.wrong + (right ? 0 : 1), question: question(data.question + 1, units.wishing) };
      return { question: data.question, right, rightSide: 'b', run };
    },
    'moderate.login': () => ({ role: 'moderator', label: 'night shift' }),
    'moderate.audit': () => ({ entries: [{ number: 2, at: now() - 3e5, moderator: 'night shift', action: 'pauseContest', target: 'c_1', reason: 'a question with a typo' }] }),
    rename: (data) => ({ player: { ...player, name: data.name } }),
  };
  window.fakeSockets = [];
  window.WebSocket = class {
    constructor() {
      window.fakeSockets.push(this);
      this.offsets = {};
      setTimeout(() => this.onopen?.(), 5);
    }

    out(frame) { setTimeout(() => this.onmessage?.({ data: JSON.stringify(frame) }), 10); }

    event(topic, type, data) {
      this.offsets[topic] = (this.offsets[topic] ?? 4) + (type.endsWith('snapshot') ? 0 : 1);
      this.out({ type, topic, epoch: 'e1', offset: this.offsets[topic], at: now(), data });
    }

    send(text) {
      const { id, type, data } = JSON.parse(text);
      if (type === 'subscribe') {
        const made = snapshots[data.topic];
        if (!made) { this.out({ re: id, type: 'error', at: now(), data: { code: 'not_found', reason: 'There is no such thing.', retryable: false, retryAfterMs: null, path: null } }); return; }
        this.out({ re: id, type: 'ok', command: type, at: now(), data: { topic: data.topic, epoch: 'e1', offset: 4, recovered: false } });
        this.event(data.topic, ...made());
        return;
      }
      this.out({ re: id, type: 'ok', command: type, at: now(), data: (answers[type] ?? (() => ({})))(data) });
      if (type === 'queue.join') {
        const queue = { format: data.format, since: now() - 9000, gap: 140, reason: 'widening', others: 1, bot: null };
        this.event('me', 'queue.waiting', { queue });
        this.event('me', 'queue.botOffered', { format: data.format, bot: { name: 'Relu', rating: 1500 } });
      }
    }

    close() {}
  };
  // The board lives: every two seconds somebody overtakes somebody.
  window.moveBoard = (from = 6, to = 2) => {
    const socket = window.fakeSockets.at(-1);
    const version = socket.offsets['board/c_1'];
    socket.event('board/c_1', 'board.delta', { from: version, to: version + 1, count: 48, contest: null,
      operations: [{ op: 'move', from, to, entry: { player: 'p_6', name: 'Tim', points: 28, finishedAt: now() } }] });
  };
})();
