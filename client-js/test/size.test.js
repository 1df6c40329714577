import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const src = new URL('../src/', import.meta.url);
const read = (name) => readFileSync(new URL(name, src), 'utf8');

/** The modules that `name` needs at once, itself included. */
function loaded(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, other] of read(name).matchAll(/^(?:import|export) .*from '\.\/(.+)';$/gm)) loaded(other, seen);
  return seen;
}

/** Without comments, as every bundler and minifier leaves them away; names and spaces stay. */
const withoutComments = (text) => text.replace(/\/\*\*[\s\S]*?\*\/ ?/g, '').replace(/^\s*\/\/.*\n/gm, '').replace(/^\s*\n/gm, '');
const zipped = (text) => gzipSync(text, { level: 9 }).length;
const sum = (names, form) => names.map((name) => zipped(form(read(name)))).reduce((a, b) => a + b, 0);

/** What a browser loads: the SDK, and the worker that its tabs share. */
const ofBrowser = [...loaded('index.js'), 'socket-hub.js'];

test('what a browser loads has at most 15 KB gzipped', (t) => {
  const apart = sum(ofBrowser, withoutComments);
  const bundled = zipped(ofBrowser.map((name) => withoutComments(read(name))).join(''));
  t.diagnostic(`${apart} bytes in ${ofBrowser.length} files, ${bundled} in one; with comments ${sum(ofBrowser, (text) => text)}`);
  assert.ok(apart <= 15 * 1024, String(apart));
});

test('a browser loads nothing that is Node\u2019s, and every file is somebody\u2019s', () => {
  for (const name of ofBrowser) assert.doesNotMatch(read(name), /from 'node:/, name);
  const all = new Set([...ofBrowser, ...loaded('node-socket.js')]);
  assert.deepEqual(readdirSync(src).filter((name) => name.endsWith('.js') && !all.has(name)), []);
});
