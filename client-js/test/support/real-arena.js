import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The program: `$NEURONARENA_BIN`, else the newest build; null where there is none. */
export const program = process.env.NEURONARENA_BIN ?? ['release', 'debug']
  .map((kind) => join(root, '.build', kind, 'neuronarena')).filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] ?? null;

/** Duels without waiting: the players of a test need no time to read. */
const haste = ['duel-timing-countdown=100ms', 'duel-timing-pick-reveal=100ms'];

/**
 * A server with a database of its own, that ends with the test. `restart` ends it as an operator would
 * and starts it again on the same port.
 */
export async function realArena(t, ...settings) {
  const data = mkdtempSync(join(tmpdir(), 'neuronarena-sdk-'));
  let server = await serve(data, 0, settings);
  t.after(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });
  const { port } = server;
  return {
    port,
    url: `ws://127.0.0.1:${port}/v1/socket`,
    async restart() {
      await server.stop();
      server = await serve(data, port, settings);
    },
  };
}

async function serve(data, port, settings) {
  const child = spawn(program, [
    'serve', '--port', String(port), '--data', data, '--client', join(root, 'client-js'), '--shards', '1',
    ...[...haste, ...settings].flatMap((one) => ['--set', one]),
  ], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => { child.on('exit', resolve); });
  let said = '';
  const opened = new Promise((resolve, reject) => {
    const hear = (text) => {
      said += text;
      const address = /Open http:\/\/[^/]*:(\d+)/.exec(said);
      if (address) resolve(Number(address[1]));
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('error', reject);
    ended.then(() => reject(new Error(`The server did not start: ${said}`)));
  });
  return {
    port: await opened,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
