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
    case 'duel.presence':
      return { ...view,
        players: withSeat(view.players, data.seat, { ...view.players[data.seat], connected: data.connected }),
        claimableAt: withSeat(view.claimableAt, data.seat, data.claimableAt) };
    case 'duel.spectators': return { ...view, spectators: data.count };
    case 'duel.clockMoved': return clockMoved(view, data);
    case 'duel.finished':
      return { ...view, phase: 'finished', phaseEndsAt: null, result: data.result, totals: data.result.totals };
    default: return view;
  }
}
export function applyPrivateEvent(view, { type, data }) {
  if (!view?.you || data.duel !== view.id) return view;
  if (type === 'duel.writeChecked' && data.round === view.round?.number) {
    const textState = data.accepted ? 'accepted' : 'refused';
    return { ...view, you: { ...view.you, textState, refused: data.refused,
      answer: { kind: 'write', text: data.text } } };
  }
  if (type === 'duel.fireResult' && data.round === view.round?.number) {
    const tries = view.you.tries.filter((old) => old.attempt !== data.result.attempt);
    tries.push(data.result);
    tries.sort((a, b) => a.attempt - b.attempt);
    return { ...view, you: { ...view.you, tries, triesLeft: data.triesLeft } };
  }
  return view;
}
export function applyOwnAnswer(view, answer, acknowledged) {
  if (!view.you || acknowledged.round !== view.round?.number) return view;
  const you = { ...view.you, answer };
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
function opened(view, round) {
  return { ...view, phase: 'question', round, phaseEndsAt: round.deadline, reveal: null,
    lockedIn: [false, false], ready: [false, false],
    you: view.you && { ...view.you, answer: null, textState: null, refused: null, tries: [], triesLeft: round.tries } };
}
function revealed(view, data) {
  const { number, kind, unit, weight, suddenDeath, points, counted } = data.reveal;
  const history = view.history.filter((old) => old.number !== number);
  history.push({ number, kind, unit: unit.id, weight, suddenDeath, points, counted });
  return { ...view, phase: 'reveal', reveal: data.reveal, totals: data.totals, phaseEndsAt: data.nextAt,
    ready: [false, false], history };
}
function clockMoved(view, data) {
  const by = data.byMilliseconds;
  const round = view.round && { ...view.round, startedAt: view.round.startedAt + by, deadline: view.round.deadline + by };
  return { ...view, round, phaseEndsAt: data.phaseEndsAt };
}
function withSeat(pair, seat, value) {
  return pair.map((old, index) => (index === seat ? value : old));
}
export function seatState(view, seat) {
  if (!view.players[seat].connected && view.phase !== 'finished') return { text: 'reconnecting\u2026', kind: 'gone' };
  if (view.phase === 'question') {
    return view.lockedIn[seat] ? { text: 'locked in \u2713', kind: 'locked' } : { text: 'thinking\u2026', kind: 'plain' };
  }
  if (view.phase === 'reveal' && view.ready[seat]) return { text: 'ready \u2713', kind: 'locked' };
  return { text: '', kind: 'plain' };
}
export function roundMarks(view, seat) {
  const rounds = Math.max(view.rounds, view.round?.number ?? 0);
  return Array.from({ length: rounds }, (_, i) => {
    const past = view.history.find((item) => item.number === i + 1);
    return past ? Math.sign(past.points[seat] - past.points[1 - seat]) : null;
  });
}
export function verdict(reveal, seat) {
  if (!reveal.counted) return { text: 'This round counts for nobody', tone: 'plain' };
  if (reveal.kind === 'pick') return pickVerdict(reveal, seat);
  const [one, two] = reveal.points;
  if (seat === null) return { text: `${one} to ${two}`, tone: 'plain' };
  if (one === two) return { text: reveal.shared ? 'You said the same' : 'Level', tone: 'plain' };
  return reveal.points[seat] > reveal.points[1 - seat]
    ? { text: 'Your round!', tone: 'right' } : { text: 'Their round', tone: 'wrong' };
}
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
export const basisTexts = {
  readers: 'Readers who did not know which was which judged both on texts that you never saw.',
  people: 'Many players have settled this pair: the better text is beyond doubt.',
  scorer: 'The scorer tested both on texts that you never saw, and is sure of this pair.',
  open: 'Nobody knows yet which is better. Agreeing earns points, and your choices are kept as data.',
};
