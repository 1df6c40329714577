// Plays one duel by tossing a coin: node examples/bot.js [ws://127.0.0.1:8080/v1/socket]
import { ArenaClient } from 'neuronarena';

const url = process.argv[2] ?? 'ws://127.0.0.1:8080/v1/socket';
const client = new ArenaClient({ url, client: 'coin-bot/1', name: 'Coin' });
const me = client.subscribe('me');
await client.connected();
await client.command('queue.join', { format: 'pick' });
for await (const { type, data } of me) {
  if (type === 'queue.botOffered') await client.command('queue.acceptBot');
  if (type === 'duel.matched') {
    await play(data.duel, data.seat);
    client.stop();
  }
}

async function play(/** @type {string} */ duel, /** @type {number} */ seat) {
  for await (const { type, data } of client.subscribe(`duel/${duel}`)) {
    if (type === 'duel.roundStarted') {
      const side = Math.random() < 0.5 ? 'a' : 'b';
      await client.command('duel.answer', { duel, round: data.round.number, answer: { kind: 'pick', side } })
        .catch((error) => console.log(error.code, error.reason));
    }
    if (type === 'duel.revealed') await client.command('duel.ready', { duel, round: data.reveal.number }).catch(() => {});
    if (type === 'duel.finished') {
      const { winner, totals } = data.result;
      return console.log(winner === seat ? 'won' : winner === null ? 'drawn' : 'lost', totals.join(' : '));
    }
  }
}
