/**
 * The duel as this client knows it: a snapshot, moved on by events. Pure: each function gives a new
 * view and leaves the old one alone.
 *
 * @typedef {any} DuelView As in `protocol/schemas/values/duelView.json`.
 */

/**
 * @param {DuelView | null} view
 * @param {{type: string, data: any}} event An event of the topic `duel/{id}`.
 * @returns {DuelView | null}
 */
export function applyDuelEvent(view, { type, data }) {
  if (type === 'duel.snapshot') return data.duel;
  if (!view) return null;
  switch (type) {
    case 'duel.started':
      return { ...view, format: data.format, rounds: data.rounds, players: data.players, startsAt: data.startsAt,
        phase: 'countdown', phaseEndsAt: data.startsAt };
    case 'duel.roundStarted': return opened(view, data.round);
    case 'duel.lockedIn': return { ...view, lockedIn: withSeat(view.lockedIn, data.seat, true) };
    case 'duel.readied': return { ...view, ready: withSeat(view.ready, data.seat, true) };
    case 'duel.scoring': return { ...view, phase: 'scoring', phaseEndsAt: data.until };
    case 'duel.revealed': return revealed(view, data);
    case 'duel.heat':
      return view.reveal?.number === data.round ? { ...view, reveal: { ...view.reveal, heat: data.heat } } : view;
    case 'duel.presence':
      return { ...view,
        players: withSeat(view.players, data.seat, { ...view.players[data.seat], connected: data.connected }),
        claimableAt: withSeat(view.claimableAt, data.seat, data.claimableAt) };
    case 'duel.textChanged': return textChanged(view, data);
    case 'duel.cluesChanged': return view.round?.number === data.round.number && view.phase === 'question' ? { ...view, round: data.round } : view;
    case 'duel.spectators': return { ...view, spectators: data.count };
    case 'duel.clockMoved': return clockMoved(view, data);
    case 'duel.finished':
      return { ...view, phase: 'finished', phaseEndsAt: null, result: data.result, totals: data.result.totals };
    default: return view;
  }
}

/**
 * @param {DuelView | null} view
 * @param {{type: string, data: any}} event An event of the topic `me` that may concern this duel.
 * @returns {DuelView | null}
 */
export function applyPrivateEvent(view, { type, data }) {
  if (!view?.you || data.duel !== view.id) return view;
  if (type === 'duel.writeChecked' && data.round === view.round?.number) {
    const textState = data.accepted ? 'accepted' : 'refused';
    return { ...view, you: { ...view.you, textState, refused: data.refused, hidden: data.hidden === true,
      answer: { kind: 'write', text: data.text } } };
  }
  if (type === 'duel.score' && data.round === view.round?.number) return scored(view, data);
  if (type === 'duel.fireResult' && data.round === view.round?.number) {
    const tries = view.you.tries.filter((/** @type {any} */ old) => old.attempt !== data.result.attempt);
    tries.push(data.result);
    tries.sort((/** @type {any} */ a, /** @type {any} */ b) => a.attempt - b.attempt);
    return { ...view, you: { ...view.you, tries, triesLeft: data.triesLeft } };
  }
  return view;
}

/**
 * One's own score before the reveal: a provisional one gives way to the one that counts, and never comes after it.
 * @param {DuelView} view
 * @param {{score: any, provisional: boolean}} data
 */
function scored(view, { score, provisional }) {
  const isLate = (view.you.score && !view.you.provisional) || (view.phase !== 'question' && view.phase !== 'scoring');
  return provisional && isLate ? view : { ...view, you: { ...view.you, score, provisional } };
}

/**
 * What an acknowledged answer of one's own changes.
 * @param {DuelView} view
 * @param {any} answer
 * @param {{round: number, triesLeft: number | null}} acknowledged
 */
export function applyOwnAnswer(view, answer, acknowledged) {
  if (!view.you || acknowledged.round !== view.round?.number) return view;
  const you = { ...view.you, answer };
  // The check's outcome may have come before the acknowledgement: keep it.
  const isSame = view.you.answer?.text === answer.text && view.you.textState !== null;
  if (answer.kind === 'write' && !isSame) {
    you.textState = 'checking';
    you.refused = null;
  }
  if (acknowledged.triesLeft !== null) {
    you.triesLeft = Math.min(view.you.triesLeft ?? Infinity, acknowledged.triesLeft);
  }
  return { ...view, you };
}

/**
 * @param {DuelView} view
 * @param {any} round
 */
function opened(view, round) {
  return { ...view, phase: 'question', round, phaseEndsAt: round.deadline, reveal: null,
    lockedIn: [false, false], ready: [false, false],
    you: view.you && { ...view.you, answer: null, textState: null, refused: null, tries: [], triesLeft: round.tries,
      score: null, provisional: false, hidden: false } };
}

/**
 * @param {DuelView} view
 * @param {any} data
 */
function revealed(view, data) {
  const { number, kind, unit, weight, suddenDeath, points, counted } = data.reveal;
  const history = view.history.filter((/** @type {any} */ old) => old.number !== number);
  history.push({ number, kind, unit: unit.id, weight, suddenDeath, points, counted });
  return { ...view, phase: 'reveal', reveal: data.reveal, totals: data.totals, phaseEndsAt: data.nextAt,
    ready: [false, false], history };
}

/**
 * A moderator has hidden or restored what somebody wrote in the round that is shown.
 * @param {DuelView} view
 * @param {any} data
 */
function textChanged(view, { round, seat, attempt, hidden, text }) {
  const { reveal } = view;
  if (reveal?.number !== round) return view;
  const changed = { ...reveal, changes: (reveal.changes ?? 0) + 1 };
  if (reveal.kind === 'write') {
    changed.hidden = withSeat(reveal.hidden ?? [false, false], seat, hidden);
    changed.answers = withSeat(reveal.answers, seat, { kind: 'write', text });
  }
  if (reveal.tries) {
    changed.tries = withSeat(reveal.tries, seat, reveal.tries[seat].map((/** @type {any} */ one) => (one.attempt === attempt ? { ...one, hidden, text } : one)));
  }
  return { ...view, reveal: changed };
}

/**
 * @param {DuelView} view
 * @param {any} data
 */
function clockMoved(view, data) {
  const by = data.byMilliseconds;
  const round = view.round && { ...view.round, startedAt: view.round.startedAt + by, deadline: view.round.deadline + by };
  return { ...view, round, phaseEndsAt: data.phaseEndsAt };
}

/**
 * @template T
 * @param {readonly T[]} pair
 * @param {number} seat
 * @param {T} value
 */
function withSeat(pair, seat, value) {
  return pair.map((old, index) => (index === seat ? value : old));
}

/**
 * How a seat stands in a round, in a few words.
 * @param {DuelView} view
 * @param {number} seat
 * @returns {{text: string, kind: 'locked' | 'gone' | 'plain'}}
 */
export function seatState(view, seat) {
  if (!view.players[seat].connected && view.phase !== 'finished') return { text: 'reconnecting\u2026', kind: 'gone' };
  if (view.phase === 'question') {
    return view.lockedIn[seat] ? { text: 'locked in \u2713', kind: 'locked' } : { text: 'thinking\u2026', kind: 'plain' };
  }
  if (view.phase === 'reveal' && view.ready[seat]) return { text: 'ready \u2713', kind: 'locked' };
  return { text: '', kind: 'plain' };
}

/**
 * How the answers to a running round stand, for who plays in it; nothing while both are awaited.
 * @param {DuelView} view
 * @param {string} verb What an opponent is still doing.
 * @returns {string | null}
 */
export function lockedText({ you, lockedIn, isSolo }, verb) {
  if (isSolo) return you.answer ? 'Locked in. The truth comes when the time is up.' : null;
  const isOtherIn = lockedIn[1 - you.seat];
  if (!you.answer) return isOtherIn ? 'Your opponent has locked in.' : null;
  return isOtherIn ? 'Both locked in.' : `Locked in. Your opponent is still ${verb}.`;
}

/**
 * What a seat wrote in a revealed write round, as this client may see it: of a text that is hidden from others one
 * knows one's own.
 * @param {DuelView} view
 * @param {number} seat
 * @returns {{text: string | null, isHidden: boolean, isOwn: boolean}}
 */
export function writtenText({ reveal, you }, seat) {
  const isHidden = reveal.hidden?.[seat] === true;
  const isOwn = you?.seat === seat;
  const text = isHidden && isOwn ? you.answer?.text : reveal.answers[seat]?.text;
  return { text: text || null, isHidden, isOwn };
}

/**
 * A seat's tries in a revealed fire round: of one's own one knows the hidden texts too.
 * @param {DuelView} view
 * @param {number} seat
 * @returns {any[]}
 */
export function firedTries({ reveal, you }, seat) {
  const tries = reveal.tries?.[seat] ?? [];
  if (you?.seat !== seat) return tries;
  return tries.map((/** @type {any} */ attempt) => you.tries.find((/** @type {any} */ own) => own.attempt === attempt.attempt) ?? attempt);
}

/**
 * The points of a seat per round, for the row of dots: 1 won, -1 lost, 0 level, null open.
 * @param {DuelView} view
 * @param {number} seat
 */
export function roundMarks(view, seat) {
  const rounds = Math.max(view.rounds, view.round?.number ?? 0);
  return Array.from({ length: rounds }, (_, i) => {
    const past = view.history.find((/** @type {any} */ item) => item.number === i + 1);
    return past ? Math.sign(past.points[seat] - past.points[1 - seat]) : null;
  });
}

/**
 * The seats whose answers are shown, one's own or the first one first; one alone where nobody plays against it.
 * @param {{left: () => number, isSolo?: boolean}} context
 */
export function shownSeats(context) {
  const left = context.left();
  return context.isSolo ? [left] : [left, 1 - left];
}

/**
 * The headline of a reveal, seen from a seat.
 * @param {any} reveal
 * @param {number | null} seat Null for somebody who watches.
 * @returns {{text: string, tone: 'right' | 'wrong' | 'plain'}}
 */
export function verdict(reveal, seat) {
  if (!reveal.counted) return { text: 'This round counts for nobody', tone: 'plain' };
  if (reveal.kind === 'pick') return pickVerdict(reveal, seat);
  if (reveal.kind === 'oddOneOut') return oddVerdict(reveal, seat);
  const [one, two] = reveal.points;
  if (seat === null) return { text: `${one} to ${two}`, tone: 'plain' };
  if (one === two) return { text: reveal.shared ? 'You said the same' : 'Level', tone: 'plain' };
  return reveal.points[seat] > reveal.points[1 - seat]
    ? { text: 'Your round!', tone: 'right' } : { text: 'Their round', tone: 'wrong' };
}

/**
 * @param {any} reveal
 * @param {number | null} seat
 * @returns {{text: string, tone: 'right' | 'wrong' | 'plain'}}
 */
function pickVerdict(reveal, seat) {
  const letter = reveal.right?.toUpperCase();
  if (!letter) {
    const agreed = reveal.points[0] > 0 && reveal.points[1] > 0;
    return { text: agreed ? 'You agreed!' : 'No answer is known yet', tone: agreed ? 'right' : 'plain' };
  }
  if (seat === null) return { text: `${letter} was right`, tone: 'plain' };
  const answer = reveal.answers[seat];
  if (answer?.side === reveal.right) return { text: 'Right!', tone: 'right' };
  return { text: answer?.side ? `It was ${letter}` : `Too late: it was ${letter}`, tone: 'wrong' };
}

/**
 * @param {any} reveal
 * @param {number | null} seat
 * @returns {{text: string, tone: 'right' | 'wrong' | 'plain'}}
 */
function oddVerdict(reveal, seat) {
  const truth = reveal.odd === 0 ? 'all four fire' : `it was number ${reveal.odd}`;
  const sentence = `${truth[0]?.toUpperCase()}${truth.slice(1)}`;
  if (seat === null) return { text: sentence, tone: 'plain' };
  const answer = reveal.answers[seat];
  if (answer && answer.odd === reveal.odd) return { text: 'Right!', tone: 'right' };
  return { text: answer ? sentence : `Too late: ${truth}`, tone: 'wrong' };
}

/** How the truth of a round was decided, for people. */
export const basisTexts = {
  readers: 'Readers who did not know which was which judged both on texts that you never saw.',
  construction: 'This one was made by us, so its answer was known before anybody played. Such questions tell how well people read.',
  people: 'Many players have settled this pair: the better text is beyond doubt.',
  scorer: 'A program tested both on texts that you never saw, and is sure of this pair.',
  open: 'Nobody knows yet which is better. Agreeing earns points, and your choices are kept as data.',
};
