import { connect, createServer } from 'node:net';
import { seededRandom } from './manual-timers.js';

/**
 * A line that is as bad as lines get, at places that a seed decides: it hands bytes on in pieces, slowly
 * at times, and cuts connections in the middle of a frame, before or after what was sent arrives; some it
 * doesn't take at all. `calm()` ends the trouble for connections to come and those that are.
 */
export async function roughProxy(t, port, seed) {
  const random = seededRandom(seed);
  const sockets = new Set();
  const counts = { connections: 0, cuts: 0, refused: 0, pieces: 0 };
  let isCalm = false;

  /** Hands on what comes, in order; the promise chain is the line. */
  const pass = (from, to, budget) => {
    let line = Promise.resolve();
    from.on('data', (chunk) => {
      line = line.then(() => piecemeal(chunk, to, budget));
    });
    from.on('end', () => { line = line.then(() => to.end()); });
  };
  const piecemeal = async (chunk, to, budget) => {
    for (let at = 0; at < chunk.length;) {
      const size = isCalm ? chunk.length : 1 + Math.floor(random() ** 3 * 1400);
      const piece = chunk.subarray(at, at + size);
      at += piece.length;
      counts.pieces += 1;
      budget.bytes -= piece.length;
      if (budget.bytes < 0 && !isCalm) {
        if (!budget.isCut) counts.cuts += 1;
        budget.isCut = true;
        // What was sent before may still arrive, or not.
        if (random() < 0.5) to.write(piece.subarray(0, piece.length >> 1));
        budget.cut();
        return;
      }
      to.write(piece);
      const pauseMs = random() < 0.1 ? random() * 12 : 0;
      await new Promise((resolve) => { pauseMs && !isCalm ? setTimeout(resolve, pauseMs) : setImmediate(resolve); });
    }
  };

  const server = createServer((near) => {
    counts.connections += 1;
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => { near.destroy(); far.destroy(); sockets.delete(socket); });
    }
    if (!isCalm && random() < 0.1) {
      counts.refused += 1;
      near.destroy();
      return;
    }
    const cut = () => {
      if (random() < 0.5) near.resetAndDestroy();
      else near.destroy();
    };
    // A handshake, a hello and its answer take about two kilobytes.
    const budget = { bytes: 400 + random() * 12_000, isCut: false, cut };
    pass(near, far, budget);
    pass(far, near, budget);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `ws://127.0.0.1:${server.address().port}/v1/socket`, counts, calm: () => { isCalm = true; } };
}
