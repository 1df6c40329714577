/* A user's program; test/types.test.js compiles it against types/, where it has to be right line by line. */
import { ArenaClient, ArenaError, Board, Subscription, type ClientOptions, type ErrorCode } from 'neuronarena';
import type { Answers, Commands, DuelView, EventOf, TopicName } from 'neuronarena/wire';

declare const console: { log(...words: unknown[]): void };

const options: ClientOptions = { url: 'wss://arena.example/v1/socket', name: 'Ada', shared: false };
const client = new ArenaClient(options);

async function play(duel: string): Promise<number | null> {
  const session: Answers['hello'] = await client.connected();
  const seconds: number = session.serverTime / 1000;
  const { pages } = { pages: seconds };
  const topic: Subscription<`duel/${string}`> = client.subscribe(`duel/${duel}`);
  for await (const event of topic) {
    switch (event.type) {
      case 'duel.roundStarted': {
        const { number, kind } = event.data.round;
        const answer: Commands['duel.answer'] = { duel, round: number, answer: { kind: 'pick', side: 'a' } };
        if (kind === 'pick') await client.command('duel.answer', answer, { retry: true, timeoutMs: 5000 });
        break;
      }
      case 'duel.snapshot': {
        const view: DuelView = event.data.duel;
        if (view.result) return view.result.winner;
        break;
      }
      case 'duel.finished': return event.data.result.winner;
      // @ts-expect-error There is no such event on this topic.
      case 'queue.waiting': return null;
      default: {
        const offset: number = event.offset + pages;
        if (offset < 0) return null;
      }
    }
  }
  return null;
}

async function mistakes(): Promise<void> {
  // @ts-expect-error A side is a or b.
  await client.command('duel.answer', { duel: 'd', round: 1, answer: { kind: 'pick', side: 'c' } });
  // @ts-expect-error A field is missing.
  await client.command('duel.answer', { duel: 'd' });
  // @ts-expect-error A word is mistyped.
  await client.command('ping', { clientTimes: 1 });
  const { invite } = await client.command('duel.invite', { format: 'pick' });
  const code: string = invite.code;
  // @ts-expect-error There is no such format.
  await client.command('queue.join', { format: 'chess' });
  // A later server's command and topic are open.
  const later = await client.command('later.command', { anything: code });
  console.log(later.whatever);
  client.subscribe('later/topic').on('event', (event) => console.log(event.data.whatever));
  const board = new Board();
  client.subscribe('board/c_1').on('event', (event) => { if (board.apply(event) === 'gap') console.log('gap'); });
  client.on('state', ({ state, retryAt }) => console.log(state === 'waiting' ? retryAt : null));
}

function explain(error: unknown): string {
  if (!(error instanceof ArenaError)) return 'unknown';
  const code: ErrorCode | (string & {}) = error.code;
  return error.retryable ? `again in ${error.retryAfterMs ?? 0}` : `${code} at ${error.path ?? 'nowhere'}`;
}

const topics: TopicName[] = ['me', 'lobby', 'duel/d_1'];
type Mine = EventOf<'me'>['type'];
const types: Mine[] = ['duel.matched', 'me.snapshot'];
export { explain, mistakes, play, topics, types };
