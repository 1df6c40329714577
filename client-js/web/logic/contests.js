/** What a contest is about, and how a run in it stands: pure. */

/**
 * The contests that can be played or come soon, one of each kind: open ones first.
 * @param {any[]} contests As the server lists them.
 */
export function runningContests(contests) {
  const places = /** @type {Record<string, number>} */ ({ open: 0, paused: 1, scheduled: 2 });
  const kinds = ['race', 'daily', 'live', 'quest'];
  return kinds.flatMap((kind) => {
    const [first] = contests.filter((contest) => contest.kind === kind && contest.state in places)
      .sort((a, b) => places[a.state] - places[b.state]);
    return first ? [first] : [];
  });
}

/** @param {any} contest */
export function contestText(contest) {
  const rounds = contest.rounds ?? 0;
  switch (contest.kind) {
    case 'daily': return `The same ${rounds} rounds for everyone today. One try.`;
    case 'quest': return `The best explanation of each of ${rounds} units, ${contest.tries ?? 3} tries each. The end is scored on texts that nobody has seen.`;
    case 'live': return `Everyone the same question at the same moment, ${rounds} rounds. Speed counts.`;
    case 'race': return 'As many right picks as you can.';
    default: return '';
  }
}

/**
 * A round that is played alone, in the form in which stages of a duel know it.
 * @param {any} round What is asked.
 * @param {any} run The player's run.
 */
export function soloView(round, run) {
  const told = run.rounds.find((/** @type {any} */ item) => item.number === round.number) ?? null;
  const isRefused = Boolean(told?.refused);
  const tries = round.kind === 'fire' ? run.fireTries ?? [] : [];
  const used = tries.filter((/** @type {any} */ attempt) => attempt.state !== 'refused').length;
  return {
    isSolo: true, phase: 'question', round, rounds: round.of, reveal: run.reveal, lockedIn: [false, false],
    players: [{ name: 'You' }, { name: '' }], totals: [run.points, 0],
    you: { seat: 0, answer: run.given ?? null, textState: isRefused ? 'refused' : null, refused: told?.refused ?? null,
      tries, triesLeft: round.kind === 'fire' ? Math.max(0, (round.tries ?? 3) - used) : null },
  };
}

/**
 * The headline of a reveal for somebody who plays alone.
 * @param {any} reveal
 * @param {number} points
 * @returns {{text: string, tone: 'right' | 'wrong' | 'plain'}}
 */
export function soloVerdict(reveal, points) {
  if (!reveal.counted) return { text: 'The engine could not score this round', tone: 'plain' };
  if (reveal.kind === 'pick' || reveal.kind === 'oddOneOut') {
    return points > 0 ? { text: 'Right!', tone: 'right' } : { text: reveal.answers[0] ? 'Not this time' : 'Too late', tone: 'wrong' };
  }
  return { text: points >= 67 ? 'Well done!' : points > 0 ? 'Half way' : 'No points', tone: points >= 67 ? 'right' : points > 0 ? 'plain' : 'wrong' };
}
