/**
 * A WebSocket that answers as an arena would, for looking at pages without one. The scene is named
 * by `?scene=`; see `scenes`. Load `excerpts.js` first. For development only.
 */
(() => {
  // The app would open its socket in there.
  window.SharedWorker = undefined;
  const units = window.previewUnits;
  const now = () => Date.now();
  const scene = new URLSearchParams(location.search).get('scene') ?? 'lobby';
  // The guest of the scene `first` is here for the first time; one of `coach` is guided through a duel.
  try {
    localStorage.setItem('neuronarena.welcome', scene === 'first' ? 'due' : 'done');
    if (scene.startsWith('coach')) sessionStorage.setItem('neuronarena.coach', 'd_1');
    else sessionStorage.removeItem('neuronarena.coach');
  } catch { /* A page without storage is looked at, too. */ }
  // What ill-meaning people call themselves and write.
  const isHostile = scene.startsWith('hostile');
  const hostile = { name: '<img src=x onerror=document.title=1>'.slice(0, 24), tower: `Z${'\u0301\u0336\u035f'.repeat(3400)}algo`, turned: '\u202egnp.exe\u2066', wide: '\ufdfd'.repeat(24),
    text: '<script>document.title="x"</script><b>bold</b> \u202etxet\u202c \u0000\u001b[31m', long: 'W'.repeat(80) };
  const rating = (value) => ({ rating: value, deviation: 120, provisional: false });
  const player = { id: 'p_me', name: isHostile ? hostile.wide : 'Patient Badger 80', ratings: { pick: rating(1540), write: rating(1500), fire: rating(1500), mixed: rating(1500) },
    showExplicit: false, roundsPlayed: 31, createdAt: now() - 9e8 };
  const seats = [
    { player: 'p_me', name: 'Ada', kind: 'human', rating: 1540, deviation: 120, connected: true },
    { player: 'p_them', name: isHostile ? hostile.tower : scene.startsWith('coach') ? 'Relu' : 'Grace H.', kind: scene.startsWith('coach') ? 'bot' : 'human', rating: 1562.4, deviation: 90, connected: true }];
  // Units of other sorts, with the longest names that they can have.
  const sorts = { head: 'smollm2-135m/25/head/8', feature: 'gemma-2-2b/25/feature:layer_25-width_16k-average_l0_82-canonical-res.v2/16383' };
  const sort = scene.split('-')[0] in sorts ? scene.split('-')[0] : 'mlp';
  if (sort !== 'mlp') units.disasters.unit.id = sorts[sort];
  // Contests of rounds: `daily-pick-question`, `live-pick-reveal`, `live-gathering`, `daily-over`, `quest`.
  const ofRounds = /^(daily|quest|live)\b/.exec(scene)?.[1] ?? null;
  const titles = { daily: 'The daily five', quest: 'The weekly quest', live: 'Quiz night' };
  const contest = (state = 'open') => ({ id: 'c_1', title: titles[ofRounds] ?? 'Race of the hour', kind: ofRounds ?? 'race', state: scene === 'live-over' ? 'final' : state, opensAt: now() - 1.2e6,
    closesAt: now() + 2.4e6, players: 48, runSeconds: 300, wrongCostSeconds: ofRounds ? 0 : 10, wrongMax: ofRounds ? 0 : 3, endedBecause: null, amended: false,
    rounds: ofRounds ? { daily: 5, quest: 5, live: 10 }[ofRounds] : null, tries: ofRounds === 'quest' ? 3 : null, zone: 'UTC', date: '2026-11-30', establishedOnly: ofRounds === 'daily', beside: 3, amendedBecause: null, seal: null });
  const places = ['GB', 'DE-BY', 'US-CA', null, 'FR', null, 'DE', 'IN', 'BR', 'JP'];
  const placed = (entry, i) => (places[i % places.length] ? { ...entry, territory: places[i % places.length] } : entry);
  const names = isHostile ? [hostile.name, hostile.tower, hostile.turned, hostile.wide, 'Ada', hostile.long, '\u200b\u200b', '\u0645\u0631\u062d\u0628\u0627'] : ['Marie', 'Alan T.', 'Grace H.', 'Chien', 'Ada', 'Emmy', 'Tim', 'Radia', 'Ken', 'Barbara', 'Dennis', 'Hedy', 'Linus', 'Margaret', 'Niklaus', 'Edsger'];
  const entries = () => (scene === 'standings' ? names.map((name, i) => placed({ player: name === 'Ada' ? 'p_me' : `p_${i}`, name, points: 1871 - i * 31, finishedAt: now() - i * 1000 }, i)) : scene === 'crowd' ? Array.from({ length: 100 }, (_, i) => ({ player: `p_${i}`, name: `${names[i % names.length]} ${i + 1}`, points: 400 - i, finishedAt: now() - i * 1000 }))
    : names.map((name, i) => ({ player: name === 'Ada' ? 'p_me' : `p_${i}`, name, points: 31 - i * 2, finishedAt: now() - i * 1000 })));
  // One's own place on a board of a hundred thousand.
  const far = () => ({ version: 4, rank: 54321, of: 100000, firstRank: 54319, neighbours: [-2, -1, 0, 1, 2].map((by) => ({ player: by === 0 ? 'p_me' : `p_far${by}`, name: by === 0 ? 'Ada' : `Neighbour ${by}`, points: 12 - by, finishedAt: now() })) });
  const listing = (id, a, b, format, round, of, totals, spectators) => ({ id, format, players: [a, b], round, of, totals, spectators, startedAt: now() - 60000 });
  const listings = [listing('d_7', 'Marie', 'Alan T.', 'pick', 4, 5, [412, 388], 14), listing('d_8', 'Chien', 'Relu the bot', 'fire', 2, 3, [118, 64], 3),
    listing('d_9', isHostile ? hostile.turned : 'Edsger', isHostile ? hostile.wide : 'Emmy', 'write', 1, 3, [0, 0], 0)];
  const lobby = () => ({ online: 63, playing: 12, waiting: { pick: 1, write: 0, fire: 0, mixed: 0 }, duels: scene === 'empty' ? [] : listings, contests: [contest()],
    finished: scene === 'empty' ? [] : [{ id: 'd_1', format: 'pick', players: ['Radia', 'Ghost of Quiet Otter 42'], totals: [684, 571], endedAt: now() - 40000 }, { id: 'd_2', format: 'mixed', players: [isHostile ? hostile.tower : 'Ken', 'Hedy'], totals: [402, 398], endedAt: now() - 90000 }] });
  const ofMixed = { oddOneOut: 2, predict: 3 };
  const odd = () => [units.disasters.clues[1], units.disasters.clues[3], units.family.clues[0], units.disasters.clues[0]];
  const asked = units.disasters.clues[6];
  const plain = ({ tokens, window }) => ({ tokens, window });
  const round = (kind, number = scene.startsWith('coach') ? 1 : ofMixed[kind] ?? 2, unit = units.disasters) => ({ number, of: kind === 'pick' || kind in ofMixed ? 5 : 3, kind, suddenDeath: false,
    weight: number === 5 || (kind !== 'pick' && !(kind in ofMixed) && number === 3) ? 2 : 1, unit: unit.unit, clues: kind in ofMixed ? [] : unit.clues.slice(0, 5), startedAt: now() - 9000,
    excerpts: kind === 'oddOneOut' ? odd().map(plain) : kind === 'predict' ? [{ ...plain(asked), window: [0, asked.tokens.length] }] : null,
    explanation: kind === 'predict' ? unit.explanation : null,
    deadline: now() + (kind === 'oddOneOut' ? 11000 : kind === 'pick' || kind === 'predict' ? 21000 : kind === 'write' ? 66000 : 51000),
    options: kind !== 'pick' ? null : isHostile ? { a: hostile.text, b: hostile.long } : { a: unit.explanation, b: 'water, rain and wet places' },
    taboo: kind === 'fire' ? ['storm', 'earthquake', 'drought', 'thunderous', 'volcano'] : null, tries: kind === 'fire' ? 3 : null, full100: kind === 'fire' ? 7.508 : null });
  const credit = (text, kind, name, value) => ({ text: isHostile ? hostile.text : text, author: { kind, player: kind === 'player' ? 'p_9' : null, name: isHostile ? hostile.turned : name },
    score: { value, low: value - 11, high: Math.min(100, value + 9), cap: null, scorer: 'gen-window/1' } });
  const attempt = (n, text, points, activations) => ({ attempt: n, text, state: 'measured', copied: false, points, refused: null, peak: Math.max(...activations),
    tokens: text.split(/(?= )/).map((part, i) => ({ text: part, activation: activations[i] ?? 0.1 })) });
  const tries = [attempt(1, 'The village burned after the eruption', 96, [0.1, 0.4, 1.8, 4.2, 3.1, 7.2]), attempt(2, 'Survivors fled the flooding and the quake', 121, [2.1, 1.2, 0.8, 6.5, 0.6, 1.1, 9.08])];
  const kind = /^\w+-(\w+)-/.exec(scene)?.[1] ?? 'pick';
  const phase = /-(\w+)$/.exec(scene)?.[1] ?? 'question';
  const heat = (excerpt = units.disasters.clues[5]) => ({ excerpt, predicted: [
    { label: kind === 'write' ? '0' : 'a', values: excerpt.activations.map((a, i) => Math.min(1, Math.max(0, a / excerpt.scale * 0.8 + ((i * 37) % 10) / 60))) },
    { label: kind === 'write' ? '1' : 'b', values: excerpt.activations.map((a, i) => ((i * 53) % 17) / 22) }] });
  const blankReveal = (kind) => ({ number: scene.startsWith('coach') ? 1 : 2, kind, weight: 1, suddenDeath: false, unit: units.disasters.unit, counted: true, answers: [null, null], points: [0, 0],
    milliseconds: [null, null], right: null, basis: null, explanations: null, scores: null, shared: false, tries: null, best: null, heat: heat() });
  const reveals = {
    pick: { ...blankReveal('pick'), answers: [{ kind: 'pick', side: 'a' }, { kind: 'pick', side: 'b' }], points: [138, 0], milliseconds: [7200, 11900], right: 'a', basis: 'readers',
      explanations: { a: credit(units.disasters.explanation, 'house', 'the house', 78), b: credit('water, rain and wet places', 'machine', 'concepts/1', 31) } },
    write: { ...blankReveal('write'), answers: [{ kind: 'write', text: 'natural disasters' }, { kind: 'write', text: 'storm, drought, earthquake' }], points: [74, 49],
      scores: [{ value: 74.2, low: 58, high: 86.1, cap: null, scorer: 'x/1' }, { value: 49, low: 33, high: 66, cap: 'peakWordList', scorer: 'x/1' }], best: credit(units.disasters.explanation, 'house', 'the house', 78), machine: credit('flood: the rising of a body of water', 'machine', 'concepts/1', 58) },
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
  const written = { answer: { kind: 'write', text: 'sudden disasters' }, textState: 'accepted', provisional: true,
    score: { value: 62, low: 48, high: 75, cap: null, scorer: 'judge/3-provisional' } };
  const duel = (kind, phase, watching = false) => ({ id: 'd_1', format: kind in ofMixed ? 'mixed' : kind, rounds: kind === 'pick' || kind === 'mixed' || kind in ofMixed ? 5 : 3, players: seats.map((s, i) => ({ ...s, connected: scene !== 'away' || i === 0 })), private: false, rated: true,
    startsAt: now() + 2500, phase, phaseEndsAt: now() + (phase === 'reveal' ? 7600 : 21000), round: phase === 'countdown' ? null : round(kind),
    lockedIn: [phase !== 'question', phase === 'question' || phase === 'scoring'], ready: [false, false], reveal: phase === 'reveal' ? reveals[kind] : null,
    totals: phase === 'finished' ? result.totals : scene.startsWith('coach') ? (phase === 'reveal' ? [138, 0] : [0, 0]) : phase === 'reveal' ? [131 + reveals[kind].points[0], reveals[kind].points[1]] : [131, 0],
    history: phase === 'finished' ? result.rounds : scene.startsWith('coach') ? [] : [summary(1, [131, 0])], claimableAt: [null, scene === 'away' ? now() + 14000 : null], result: phase === 'finished' ? result : null, spectators: 7,
    you: watching ? null : { seat: 0, answer: null, textState: null, refused: null, tries: kind === 'fire' ? tries : [], triesLeft: kind === 'fire' ? 1 : null,
      score: null, provisional: false, hidden: false, ...(kind === 'write' && phase === 'scoring' ? written : {}) } });
  const question = (number, unit) => ({ number, deadline: now() + 24000, unit: unit.unit, clues: unit.clues.slice(0, 4), options: { a: 'things about the weather', b: unit.explanation } });
  let run = { contest: 'c_1', startedAt: now() - 60000, endsAt: now() + 194000, points: 22, wrong: 1, over: false, endReason: null, question: question(24, units.family) };
  const page = () => ({ unit: units.disasters.unit, clues: units.disasters.clues.slice(0, 6), reveals: units.disasters.clues.slice(6, 9),
    peakWords: ['storm', 'earthquake', 'drought', 'volcano', 'flood'], promoted: [' devastation', ' damages', ' victims', ' aftermath', ' struck', '\n', ' relief', isHostile ? hostile.tower : ' wreck'],
    suppressed: [' recipe', ' elegant', ' chess', ' ', ' quote'], neighbours: [{ unit: 'smollm2-135m/25/mlp/512', relation: 'before', here: true }, { unit: 'smollm2-135m/25/mlp/1204', relation: 'after', here: true }, { unit: 'smollm2-135m/25/mlp/1204', relation: 'weights', here: true }, { unit: 'smollm2-135m/25/mlp/1204', relation: 'firing' }, { unit: 'smollm2-135m/24/mlp/88', relation: 'firing', here: false }],
    explanations: [credit(units.disasters.explanation, 'house', 'NeuronArena', 78), credit('natural disasters', 'player', 'Grace H.', 74), credit('storm, drought, earthquake', 'machine', 'concepts/1', 49), { ...credit('bad things', 'player', 'Tim', 0), score: null }] });
  /** A text as a model might read it: words, and characters that it reads in parts. */
  const ownTokens = (text) => (text.match(/\s*[\p{L}\p{N}\p{M}]+|\s*[^\s\p{L}\p{N}]|\s+/gu) ?? []).flatMap((piece) => (/\p{Extended_Pictographic}/u.test(piece) ? ['\ufffd', '\ufffd', '\ufffd'] : [piece]))
    .map((piece) => ({ text: piece, activation: /storm|quake|flood|drought/i.test(piece) ? 9.4 : /wind|broke|water|rain/i.test(piece) ? 5.1 : piece.trim().length > 5 ? 1.3 : 0.04 }));
  // Solo play and the profile.
  const hour = 3.6e6;
  const points = (value) => ({ value, low: Math.max(0, value - 14), high: Math.min(100, value + 12), cap: null, scorer: 'judge/3' });
  const budget = { left: scene === 'solo-draft' ? 0 : 17, of: 20, renewsAt: now() + 5 * hour, established: false };
  const said = (id, text, kind, name, value, up, down, vote = 'none') => ({ id, text: isHostile ? hostile.text : text, author: { kind, player: kind === 'player' ? 'p_9' : null, name: isHostile ? hostile.tower : name },
    score: value === null ? null : points(value), draft: value === null, up, down, vote, own: false });
  const soloText = (id, text, state, value = null, meanings = []) => ({ id, unit: units.disasters.unit.id, text: isHostile ? hostile.long : text, state, score: value === null ? null : points(value),
    meanings: meanings.map(([one, score]) => ({ text: one, score: points(score) })), at: now() - 9e4, hidden: false, place: state === 'draft' ? 3 : null, votes: state === 'draft' ? 1 : 0, needed: 3 });
  const isGuessed = scene !== 'solo';
  const solo = { unit: units.disasters.unit, clues: units.disasters.clues, neighbours: [{ unit: 'smollm2-135m/25/mlp/1204', relation: 'weights' }, { unit: 'smollm2-135m/24/mlp/88', relation: 'firing' }],
    hidden: !isGuessed, count: 5, explanations: isGuessed ? [said('x1', units.disasters.explanation, 'house', 'NeuronArena', 78, 4, 0, 'up'), said('x2', 'natural disasters', 'player', 'Grace H.', 74, 2, 1),
      said('x3', 'storm, drought, earthquake', 'machine', 'concepts/1', 49, 0, 3, 'down'), said('x4', 'bad news', 'player', 'Tim', null, 1, 0), said('x5', 'water, rain and wet places', 'house', 'NeuronArena', 12, 0, 1)] : [],
    own: scene === 'solo-draft' ? [soloText('s3', 'what the weather destroys', 'draft')] : isGuessed ? [soloText('s2', 'catastrophes | bad weather', 'scored', 58, [['catastrophes', 52], ['bad weather', 31]]), soloText('s1', 'storms', 'scored', 33)] : [],
    mark: 'none', marks: { noneFits: 1, mess: isGuessed ? 2 : 0 }, number: 3, back: true, forward: false, budget };
  const milestones = [['half', 'Half-light', 'Write an explanation that scores 50.', 50, 50, now() - 9e8], ['clear', 'Clear sight', 'Write an explanation that scores 70.', 58, 70, null], ['brilliant', 'Brilliant', 'Write an explanation that scores 85.', 58, 85, null],
    ['ahead', 'Ahead of the field', 'Explain one unit better than anybody before.', 1, 1, now() - 3e8], ['pathfinder', 'Pathfinder', 'Explain five units better than anybody before.', 1, 5, null], ['keenEye', 'Keen eye', 'Be right in 16 of your last 20 picks.', 13, 20, null]]
    .map(([id, title, text, value, goal, earnedAt]) => ({ id, title, text, value, goal, earnedAt }));
  const isNew = scene === 'me-new';
  const profile = () => ({ budget, streak: isNew ? { days: 0, longest: 0, today: false, sparesLeft: 2, lately: [...Array(27).fill('missed'), 'open'] }
    : { days: 11, longest: 16, today: true, sparesLeft: 1, lately: [...'mmppppspppmmmpppmmpppsppppp'].map((day) => ({ m: 'missed', p: 'played', s: 'spared' })[day]).concat('played') },
  picks: isNew ? { right: 0, of: 0 } : { right: 34, of: 50 }, milestones: isNew ? milestones.map((one) => ({ ...one, value: 0, earnedAt: null })) : milestones,
  atlas: isNew ? [] : [['smollm2-135m/25/mlp/677', 'catastrophes | bad weather', 58, false], ['smollm2-135m/12/mlp/703', 'the second half of a promise', 55, true], ['smollm2-135m/2/mlp/41', 'numbers in tables', 47, false]]
    .map(([id, text, value, best]) => ({ unit: { ...units.disasters.unit, id }, text: isHostile ? hostile.long : text, score: points(value), best })),
  texts: isNew ? [] : [soloText('s3', 'what the weather destroys', 'draft'), soloText('s2', 'catastrophes | bad weather', 'scored', 58, [['catastrophes', 52], ['bad weather', 31]]), soloText('s1', 'storms', 'scored', 33)],
  votes: isNew ? [] : [['x1', units.disasters.explanation, 'up'], ['x3', 'storm, drought, earthquake', 'down']].map(([explanation, text, vote]) => ({ unit: units.disasters.unit.id, explanation, text: isHostile ? hostile.text : text, vote, at: now() - 1e6 })),
  duels: isNew ? [] : [['Grace H.', false, 'won', 684, 571, 21], ['Relu', true, 'lost', 302, 410, null], ['Alan T.', false, 'draw', 450, 450, -2.4]]
    .map(([opponent, bot, outcome, own, theirs, change], i) => ({ duel: `d_${i}`, format: 'pick', endedAt: now() - i * 9e7, opponent: isHostile ? hostile.tower : opponent, bot, outcome, points: own, theirs, rating: change })), queue: isNew ? 0 : 12 });
  const scored = () => ({ text: soloText('s2', 'catastrophes | bad weather', 'scored', 58, [['catastrophes', 52], ['bad weather', 31]]), best: credit(units.disasters.explanation, 'house', 'NeuronArena', 78),
    tip: { kind: 'tooNarrow', text: 'It misses words that do light up. Name the wider thing that all clues share.' }, heat: { ...heat(), predicted: heat().predicted.map((one) => ({ ...one, label: '0' })).slice(0, 1) }, budget });
  const crowd = () => Array.from({ length: 10000 }, (_, i) => ({ player: `p_${i}`, name: `${names[i % names.length]} ${i}`, connections: 1 + (i % 3), connectedSince: now() - i * 1000, duel: i % 5 === 0 ? 'd_7' : null, contest: i % 7 === 3 ? 'c_1' : null }));
  // What moderators list: as the server does it, found and paged by it.
  const line = (id, title, detail, ago, more = {}) => ({ id, title, detail, at: now() - ago, state: null, player: null, until: null, by: null, link: null, ...more });
  const people = () => (scene === 'crowd' ? crowd() : moderation().players).map((one) => line(one.player, one.name, one.connections === 1 ? '1 connection' : `${one.connections} connections`, now() - one.connectedSince,
    { state: one.duel ? 'duel' : one.contest ? 'contest' : 'lobby', player: one.player, link: one.duel ? `duel/${one.duel}` : one.contest ? `contest/${one.contest}` : null }));
  const lines = {
    players: people,
    duels: () => listings.map((one) => line(one.id, one.players.join(' vs '), `round ${one.round} of ${one.of}, ${one.totals.join(' : ')}, ${one.spectators} watching`, now() - one.startedAt, { state: one.format, link: `duel/${one.id}` })),
    contests: () => moderation().contests.map((one) => line(one.id, one.title, `${one.players} players`, now() - one.opensAt, { state: one.state, until: one.closesAt, link: `contest/${one.id}` })),
    texts: () => [line('duel/d_7/1/0/0', isHostile ? hostile.tower : 'who whispers at night', 'hidden by the check of texts', 4e4, { state: 'waits', player: 'p_2', link: 'duel/d_7' }),
      line('duel/d_8/0/1/0', 'lustful glances', 'hidden by the check of texts', 9e4, { state: 'waits', player: 'p_3', link: 'duel/d_8' })],
    reports: () => [line('r_1', 'rude: duel/d_7/1/0/0', '\u201cyou lot know nothing\u201d \u00b7 every round', 6e4, { state: 'waits', player: 'p_2', by: 'p_4', link: 'duel/d_7' }),
      line('r_2', 'cheating: player/p_5', isHostile ? hostile.turned : 'answers before I have read the question', 2e5, { state: 'waits', player: 'p_5', by: 'p_1' })],
    flags: () => [line('f_1', 'speed', 'Ada answered 5 picks in 410, 388, 402, 395, 420 ms, and right', 3e5, { state: 'waits', player: 'p_1', link: 'duel/d_7' })],
    bans: () => [line('a_1', 'p_9', 'insults in every round', 4e6, { state: 'mute', player: 'p_9', until: now() + 4e6, by: 'night shift' }), line('a_2', '192.0.2.0/24', 'a flood of guests', 8e6, { state: 'ban', until: now() + 8e7, by: 'night shift' })],
    notices: () => [line('a_3', 'We restart at noon; what runs goes on afterwards.', '', 6e5, { until: now() + 3e6 })],
  };
  const list = ({ list: name, find, after, limit }) => {
    const words = (find ?? '').toLowerCase().split(' ').filter(Boolean);
    const found = lines[name]().filter((one) => words.every((word) => [one.id, one.title, one.detail, one.state].join(' ').toLowerCase().includes(word)));
    const start = Number(after ?? 0);
    return { list: name, rows: found.slice(start, start + limit), total: found.length, next: start + limit < found.length ? String(start + limit) : null };
  };
  const look = (id) => ({ player: id, name: isHostile ? hostile.tower : 'Grace H.', createdAt: now() - 9e8, roundsPlayed: 212, duel: 'd_7', contests: ['c_1'],
    connections: [{ address: '192.0.2.7', since: now() - 9e5, topics: ['duel/d_7', 'me'] }, { address: '2001:db8::7', since: now() - 4e5, topics: ['lobby', 'me'] }],
    sanctions: lines.bans().slice(0, 1), cases: lines.reports().slice(0, 1), duels: lines.duels().slice(0, 3) });
  let load = 0;
  const health = () => ({ engineQueue: load % 7, lagMilliseconds: 1 + (load % 3), commands: 5000 + 40 * load, draining: false });
  const moderation = () => ({ ...sessions(), totals: { players: scene === 'crowd' ? 10000 : 6, duels: listings.length, texts: 2, reports: 2, flags: 1 }, health: health() });
  const sessions = () => (scene === 'crowd' ? { connections: 10312, players: crowd(), duels: listings, contests: [contest()], queues: { pick: 9, write: 4, fire: 2, mixed: 1 } } : { connections: 71, players: names.slice(0, 6).map((name, i) => ({ player: `p_${i}`, name, connections: 1, connectedSince: now() - i * 81000, duel: i < 2 ? 'd_7' : null, contest: i === 3 ? 'c_1' : null })),
    duels: listings, contests: [contest(), { ...contest('final'), id: 'c_0', title: 'Race of 14:00' }], queues: { pick: 1, write: 0, fire: 0, mixed: 0 } });
  const shownEntries = entries();
  const pageOf = ({ from, count }) => Array.from({ length: Math.max(0, Math.min(count, 100000 - from + 1)) }, (_, i) => {
    const rank = from + i;
    return placed({ player: rank === 54321 ? 'p_me' : `p_${rank - 1}`, name: rank === 54321 ? 'Ada' : `${names[(rank - 1) % names.length]} ${rank}`, points: Math.max(0, 400 - Math.floor(rank / 260)), finishedAt: now() }, rank);
  });
  const standing = { kind: 'rating', subject: 'pick', span: 'week', opensAt: now() - 2e8, closesAt: now() + 3.1e8, zone: 'Europe/Berlin', establishedOnly: false, beside: 0 };
  // One's own run in a contest of rounds.
  const runRound = (number, points, state = 'done') => ({ number, kind: 'pick', unit: units.disasters.unit.id, state, points, refused: null, tries: [], triesLeft: 3, settled: null });
  const isReveal = phase === 'reveal';
  const questRounds = () => [units.disasters, units.family, units.wishing].filter(Boolean).map((unit, i) => ({ ...round('write', i + 1, unit), of: 3 }));
  const soloRun = () => ({ contest: 'c_1', startedAt: now() - 60000, endsAt: now() + 2e6, points: scene.endsWith('over') ? 431 : 138, wrong: 0, over: scene.endsWith('over'), endReason: scene.endsWith('over') ? 'finished' : null, question: null,
    kind: ofRounds, ranked: ofRounds !== 'daily', round: ofRounds === 'daily' && phase === 'question' ? { ...round(kind), of: 5 } : null,
    rounds: ofRounds === 'quest' ? questRounds().map((one, i) => ({ ...runRound(i + 1, i === 0 ? 74 : null, 'open'), unit: one.unit.id, kind: 'write', triesLeft: i === 0 ? 2 : 3, tries: i === 0 ? [{ number: 1, text: 'natural disasters', state: 'scored', score: { value: 74.2, low: 58, high: 86, cap: null, scorer: 'x/1' }, refused: null }] : [] }))
      : scene.endsWith('over') ? [126, 0, 47, 138, 120].map((points, i) => runRound(i + 1, points)) : [runRound(1, 126), ...(isReveal ? [runRound(2, 138)] : [])],
    fireTries: [], reveal: isReveal && ofRounds === 'daily' ? reveals[kind] : null, given: null, share: scene === 'daily-over' ? 'NeuronArena daily 2026-11-30: 431\n\ud83d\udfe9\ud83d\udfe5\ud83d\udfe8\ud83d\udfe9\ud83d\udfe9' : null });
  const stage = () => (ofRounds !== 'live' ? null : { phase: scene === 'live-gathering' ? 'gathering' : scene === 'live-over' ? 'over' : phase, round: scene === 'live-gathering' || scene === 'live-over' ? null : { ...round(kind), of: 10 },
    reveal: isReveal ? { ...reveals[kind], answers: [null, null], points: [0, 0] } : null, until: scene === 'live-over' ? null : now() + (isReveal ? 6600 : 16000), answered: 41 });
  const snapshots = {
    lobby: () => ['lobby.snapshot', { lobby: lobby() }], moderation: () => ['moderation.snapshot', { moderation: moderation() }],
    me: () => ['me.snapshot', { player, activeDuel: null, queue: null, invite: null, run: scene === 'race' ? run : null, runs: ofRounds && scene !== 'live-gathering' ? [soloRun()] : [] }],
    'duel/d_1': () => ['duel.snapshot', { duel: duel(kind, phase, scene.startsWith('watch')) }],
    'board/c_1': () => ['board.snapshot', { contest: contest(), version: 4, count: scene === 'crowd' ? 100000 : 16, entries: shownEntries.slice(), stage: stage(), standing: null }],
    'board/rating:pick:week': () => ['board.snapshot', { contest: null, version: 4, count: 16, entries: shownEntries.slice(), stage: null, standing }],
    'board/rating:pick:week@DE': () => ['board.snapshot', { contest: null, version: 4, count: 3, entries: shownEntries.filter((entry) => entry.territory?.startsWith('DE')), stage: null, standing }],
  };
  // The scene `practice` has what a server has by default; in the others ratings move.
  const campaign = (id, title, practice = false) => ({ id, title: isHostile ? hostile.long : title, model: 'smollm2-135m', units: 128, practice, notice: null,
    formats: scene === 'imported' ? ['pick', 'write'] : ['pick', 'write', 'fire', 'mixed'], kinds: scene === 'imported' ? ['head', 'feature'] : [sort] });
  const campaigns = scene.startsWith('practice') ? [campaign('k', 'Practice campaign', true)]
    : scene === 'campaigns' ? [campaign('p', 'Practice campaign', true), campaign('k', 'First light')] : [campaign('k', 'First light')];
  const answers = {
    hello: () => ({ player, secret: 's', role: 'player', serverTime: now(), activeDuel: null, activeRun: scene === 'race' ? 'c_1' : null,
      campaign: campaigns[0], campaigns,
      limits: { nameCharactersMax: 24, meaningsMax: 3, meaningWordsMax: 12, meaningCharactersMax: 80, fireTokensMax: 24, fireCharactersMax: 200, fireTries: 3 } }),
    'unit.get': () => ({ unit: page(), texts: { tokensMax: 256, charactersMax: 4000, left: scene === 'own-spent' ? 3 : 58 },
      links: { data: '/v1/units/smollm2-135m/25/mlp/677.json?key=0f3a', card: '/embed/unit/smollm2-135m/25/mlp/677?key=0f3a' } }),
    'unit.try': (data) => ({ tokens: ownTokens(data.text), scale: 10.8, left: scene === 'own-spent' ? 2 : 57 }),
    'unit.attribute': (data) => {
      const tokens = ownTokens(data.text).slice(0, data.token);
      return { token: data.token, activation: ownTokens(data.text)[data.token]?.activation ?? 0, left: 55,
        adds: tokens.map((token, i) => [0.21, -0.84, 0.04, 2.6, 0.9, -0.1, 4.35, 0.3][(i * 3 + data.token) % 8]) };
    },
    'unit.search': (data) => ({ complete: true, hits: scene === 'search-none' ? [] : [units.disasters, units.family, units.wishing].map((unit, i) => ({ unit: { ...unit.unit, id: `smollm2-135m/25/mlp/${677 + i}` },
      explanation: i === 2 ? null : credit(isHostile ? hostile.text : unit.explanation, 'house', 'NeuronArena', 78 - 9 * i), likeness: 0.9 - 0.2 * i, clue: unit.clues[data.by === 'token' ? 2 : 0] })) }),
    'solo.open': () => ({ solo }), 'solo.next': () => ({ solo }), 'solo.back': () => ({ solo }), 'profile.get': () => ({ profile: profile() }),
    'solo.mark': (data) => ({ solo: { ...solo, mark: data.mark } }),
    'solo.submit': () => ({ outcome: 'scoring', explanation: 's2', solo: { ...solo, hidden: false } }),
    'solo.vote': (data) => ({ unit: data.unit, explanation: { ...(solo.explanations.find(({ id }) => id === data.explanation) ?? solo.explanations[0]), vote: data.vote }, budget }),
    'settings.set': (data) => { player.showExplicit = data.showExplicit; return { player }; },
    'queue.acceptBot': () => ({ duel: 'd_1' }),
    ping: (data) => ({ clientTime: data.clientTime, serverTime: now() }),
    'queue.join': () => ({ position: 1, waiting: 1 }),
    'duel.answer': (data) => ({ round: data.round, attempt: null, triesLeft: data.answer.kind === 'fire' ? 0 : null }),
    'duel.invite': (data) => ({ invite: { code: 'K7Q2-MOSS', format: data.format, path: '/#/join/K7Q2-MOSS', expiresAt: now() + 1.7e6 } }),
    'contest.start': () => (ofRounds ? { run: soloRun(), rounds: ofRounds === 'quest' ? questRounds() : [] } : { run }),
    'contest.list': () => ({ contests: [contest()] }),
    'board.page': (data) => ({ board: data.board, epoch: 'e1', version: 4, count: 100000, from: data.from, entries: pageOf(data) }),
    'board.territories': (data) => ({ board: data.board, territories: data.board.includes('@') ? [{ territory: 'DE-BY', count: 2 }] : [{ territory: 'DE', count: 3 }, { territory: 'GB', count: 2 }, { territory: 'BR', count: 1 }] }),
    'territory.set': (data) => { player.territory = data.territory; return { player: { ...player } }; },
    'contest.answer': (data) => {
      const right = data.side === 'b';
      run = { ...run, points: run.points + (right ? 1 : 0), wrong: run.wrong + (right ? 0 : 1), question: question(data.question + 1, units.wishing) };
      return { question: data.question, right, rightSide: 'b', run };
    },
    'moderate.login': () => ({ role: 'moderator', label: 'night shift' }),
    'moderate.audit': () => ({ entries: [{ number: 3, at: now() - 1e5, moderator: 'night shift', action: 'mute for 3600 s', target: 'p_9', reason: 'insults in every round', undo: 'lift' },
      { number: 2, at: now() - 3e5, moderator: 'night shift', action: 'end contest', target: 'c_0', reason: 'a question with a typo', undo: null }] }),
    'moderate.list': list,
    'moderate.look': (data) => ({ player: look(data.player) }),
    'moderate.act': (data) => ({ dryRun: data.dryRun ?? false, changes: [`${data.act.kind}: ${data.act.target ?? 'everybody'} is told why.`], entry: data.dryRun ? null : 4, undo: data.act.kind === 'mute' ? 'lift' : null }),
    'moderate.undo': (data) => ({ dryRun: data.dryRun ?? false, changes: ['It is as it was.'], entry: data.dryRun ? null : 5, undo: null }),
    'queue.acceptGhost': () => ({ duel: 'd_1' }),
    'duel.replay': (data) => {
      const start = now() - 864e5;
      const open = (number) => ({ ...round('pick', number, number === 2 ? units.family : units.disasters), startedAt: start + 3000 + (number - 1) * 20000, deadline: start + 33000 + (number - 1) * 20000 });
      const shown = (number) => ({ ...reveals.pick, number, unit: (number === 2 ? units.family : units.disasters).unit });
      const events = [{ at: start, type: 'duel.started', data: { format: 'pick', rounds: 5, players: seats, startsAt: start + 3000 } }];
      for (const number of [1, 2, 3, 4, 5]) {
        const from = start + 3000 + (number - 1) * 20000;
        events.push({ at: from, type: 'duel.roundStarted', data: { round: open(number) } }, { at: from + 7200, type: 'duel.lockedIn', data: { round: number, seat: 0 } },
          { at: from + 11900, type: 'duel.revealed', data: { reveal: shown(number), totals: [138 * number, 0], nextAt: from + 20000 } });
      }
      events.push({ at: start + 103000, type: 'duel.finished', data: { result } });
      return { duel: data.duel, format: 'pick', rounds: 5, players: seats, startedAt: start, endedAt: start + 103000, count: events.length, from: data.from, events: events.slice(data.from) };
    },
    rename: (data) => ({ player: { ...player, name: data.name } }),
  };
  window.fakeSockets = [];
  window.sentCommands = [];
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

    /** What comes with a board's version and has no offset of its own. */
    beside(topic, type, data) { this.out({ type, topic, epoch: 'e1', offset: this.offsets[topic] ?? 4, at: now(), data }); }

    send(text) {
      const { id, type, data } = JSON.parse(text);
      if (type === 'subscribe') {
        const made = snapshots[data.topic];
        if (!made) { this.out({ re: id, type: 'error', at: now(), data: { code: 'not_found', reason: 'There is no such thing.', retryable: false, retryAfterMs: null, path: null } }); return; }
        this.out({ re: id, type: 'ok', command: type, at: now(), data: { topic: data.topic, epoch: 'e1', offset: 4, recovered: false } });
        this.event(data.topic, ...made());
        if (data.own && scene === 'crowd') this.beside(data.topic, 'board.own', far());
        else if (data.own && !data.topic.includes('@')) this.beside(data.topic, 'board.own', { version: 4, rank: 5, of: 16, firstRank: 3, neighbours: shownEntries.slice(2, 7) });
        return;
      }
      if (type === 'unit.get' && scene === 'sealed' && !window.isUnsealed) {
        this.out({ re: id, type: 'error', at: now(), data: { code: 'sealed', reason: 'The unit is in the player\u2019s running round.', retryable: false, retryAfterMs: null, path: null } });
        return;
      }
      window.sentCommands.push({ type, data });
      if (type === 'unit.try') {
        const { tokens, scale } = answers[type](data);
        this.out({ re: id, type: 'part', command: type, at: now(), data: { from: 0, of: tokens.length, tokens: tokens.slice(0, 4), scale } });
      }
      this.out({ re: id, type: 'ok', command: type, at: now(), data: (answers[type] ?? (() => ({})))(data) });
      if ((type === 'solo.open' && scene === 'solo-scored' && !this.told) || type === 'solo.submit') {
        this.told = true;
        this.event('me', 'solo.scored', scored());
      }
      if (type === 'queue.join') {
        const queue = { format: data.format, since: now() - 9000, gap: 140, reason: 'widening', others: 1, bot: null };
        this.event('me', 'queue.waiting', { queue });
        this.event('me', 'queue.botOffered', { format: data.format, bot: { name: 'Relu', rating: 1500 } });
        this.event('me', 'queue.ghostOffered', { format: data.format, ghost: { name: isHostile ? hostile.turned : 'Ghost of Quiet Otter 42', rating: 1525 } });
      }
    }

    close() {}
  };
  /** Publishes what moderators see anew. */
  window.moveModeration = () => { load += 1; const socket = window.fakeSockets.at(-1); socket.offsets.moderation = (socket.offsets.moderation ?? 4) + 1; return socket.event('moderation', 'moderation.snapshot', { moderation: moderation() }); };
  /** Somebody overtakes somebody. */
  window.moveBoard = (from = 6, to = 2) => {
    const socket = window.fakeSockets.at(-1);
    const version = socket.offsets['board/c_1'];
    socket.event('board/c_1', 'board.delta', { from: version, to: version + 1, count: scene === 'crowd' ? 100000 : 16, contest: null,
      operations: [{ op: 'move', from, to, entry: { ...shownEntries[from], points: (shownEntries[to]?.points ?? 0) + 1, finishedAt: now() } }] });
    shownEntries.splice(to, 0, ...shownEntries.splice(from, 1));
  };
})();
