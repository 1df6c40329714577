import { ArenaClient } from '../../src/index.js';
import { fakeBrowser } from './fake-browser.js';
import { FakeArena } from './fake-arena.js';
import { ManualTimers, seededRandom } from './manual-timers.js';

/** A browser, an arena, and what all tabs of it keep. */
export function house(t, options) {
  const timers = new ManualTimers();
  const arena = new FakeArena({ timers });
  const browser = fakeBrowser(t, arena, options);
  arena.topic('me').snapshot = {
    type: 'me.snapshot',
    data: () => ({ player: { id: 'p_1', name: 'Ada' }, activeDuel: arena.activeDuel ?? null, run: arena.run ?? null }),
  };
  arena.topic('duel/d_1').snapshot = { type: 'duel.snapshot', data: () => ({}) };
  let kept = null;
  const identity = { load: () => kept, save: (value) => { kept = value; } };
  let seed = 0;
  /** Opens a tab. */
  const tab = (more = {}) => {
    seed += 1;
    const client = new ArenaClient({
      url: 'ws://x/v1/socket', timers, random: seededRandom(seed), identity, ...more,
    });
    const log = [];
    const follow = (topic) => {
      const subscription = client.subscribe(topic);
      subscription.on('event', (event) => log.push(`${event.type} ${event.offset}`));
      return subscription;
    };
    client.start();
    return { client, log, follow };
  };
  const hellos = () => arena.received.filter((command) => command.type === 'hello');
  const asked = (type) => arena.received.filter((command) => command.type === type);
  return { timers, arena, browser, tab, hellos, asked, identity };
}
