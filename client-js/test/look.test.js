import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const styles = join(root, 'web/styles');

/** Bytes of JavaScript that a browser loads, compressed, in all. */
const javaScriptMax = 120 * 1024;

/** The same of what only moderators load, when they open their console. */
const consoleMax = 20 * 1024;

/** The same of both together, as a moderator's browser loads them. */
const togetherMax = 132 * 1024;

/** Each colour of tokens.css in one theme. @param {'light' | 'dark'} theme */
function colours(theme) {
  const text = readFileSync(join(styles, 'tokens.css'), 'utf8');
  const found = /** @type {Record<string, string>} */ ({});
  for (const [, name, light, dark, both] of text.matchAll(/--([\w-]+):\s*(?:light-dark\((#\w+),\s*(#\w+)\)|(#\w+));/g)) {
    found[name] = both ?? (theme === 'light' ? light : dark);
  }
  return found;
}

/** Relative luminance, WCAG 2.2. @param {string} colour */
function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} one @param {string} other */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('contrast is computed as the standard says', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.48) < 0.01);
});

/** What is written on what. */
const texts = {
  ink: ['paper', 'card', 'sunk', 'spark-glow', 'good-soft', 'bad-soft', 'h1', 'h2', 'h3', 'h4'],
  soft: ['paper', 'card', 'sunk', 'spark-glow'],
  'heat-ink': ['h5', 'h6', 'h7', 'h8'],
  'spark-ink': ['spark'], spark: ['paper', 'card', 'sunk'], 'spark-deep': ['spark-glow'],
  you: ['paper', 'card', 'you-soft'], them: ['paper', 'card', 'them-soft'],
  good: ['paper', 'card'], bad: ['paper', 'card'], card: ['good'], paper: ['ink'],
};

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  const tokens = colours(theme);
  for (const [text, grounds] of Object.entries(texts)) {
    test(`${theme}: ${text} can be read on ${grounds.join(', ')}`, () => {
      for (const ground of grounds) {
        const ratio = contrast(tokens[text], tokens[ground]);
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}, wanted 4.5`);
      }
    });
  }
  test(`${theme}: focus, the clock and the strips are told from what they stand on`, () => {
    for (const [mark, ground] of [['spark', 'paper'], ['spark', 'card'], ['you', 'sunk'], ['them', 'sunk'], ['ink', 'sunk'], ['soft', 'sunk']]) {
      const ratio = contrast(tokens[mark], tokens[ground]);
      assert.ok(ratio >= 3, `${mark} on ${ground}: ${ratio.toFixed(2)}, wanted 3`);
    }
  });
}

test('colours stand in tokens.css alone, each for both themes', () => {
  for (const name of readdirSync(styles).filter((file) => file.endsWith('.css') && file !== 'tokens.css')) {
    const strays = readFileSync(join(styles, name), 'utf8').match(/#[0-9a-f]{3,8}\b(?![^{]*\{)/gi) ?? [];
    assert.deepEqual(strays, [], name);
  }
});

/** The modules that a page loads, from its first one on, soon or late. @param {string} first */
function modules(first) {
  const found = new Set([first]);
  for (const file of found) {
    // Types in comments are imported by nobody.
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name, bare, later] of text.matchAll(/^(?:import|export)\b[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm)) {
      const relative = name ?? bare ?? later;
      if (relative.startsWith('.')) found.add(resolve(dirname(file), relative));
    }
  }
  return [...found];
}

/** A script as the server sends it: without documentation, and without lines that are comments alone. @param {string} file */
function sent(file) {
  return readFileSync(file, 'utf8').replace(/\/\*\*[\s\S]*?\*\/ ?/g, (comment) => comment.replace(/[^\n]/g, '')).replace(/^[ \t]*\/\/.*$/gm, '');
}

test('what begins a piece of documentation stands in no text, so that it can be left out', () => {
  for (const file of modules(join(root, 'web/main.js'))) {
    const text = readFileSync(file, 'utf8');
    assert.equal(text.split('/**').length, text.split(/(?<=^|[\s([])\/\*\*/).length, file);
    assert.doesNotMatch(sent(file), /@type|@param|@returns/, file);
  }
});

/** @param {string[]} files */
function bytesOf(files) {
  return files.reduce((sum, file) => sum + gzipSync(sent(file)).length, 0);
}

/** What only moderators ever load. @param {string} file */
const isConsole = (file) => /web\/components\/(console\/[\w-]+|moderate|live-table)\.js$|logic\/(console|table-rows)\.js$/.test(file);

/** What only Node ever loads. @param {string} file */
const isNodes = (file) => /src\/(node-socket|frame-reader)\.js$/.test(file);

/** All that a browser loads, the shared worker's script included. */
const loaded = [...modules(join(root, 'web/main.js')), join(root, 'web/theme.js'), join(root, 'src/socket-hub.js')].filter((file) => !isNodes(file));

test('all JavaScript of the game stays small', (t) => {
  const files = loaded.filter((file) => !isConsole(file));
  assert.ok(files.some((file) => file.endsWith('src/client.js')) && files.length > 50);
  t.diagnostic(`${bytesOf(files)} bytes in ${files.length} files, ${bytesOf(loaded)} with the console`);
  assert.ok(bytesOf(files) < javaScriptMax, `${bytesOf(files)} bytes in ${files.length} files`);
  assert.ok(bytesOf(loaded) < togetherMax, `${bytesOf(loaded)} bytes with the console`);
});

test('the moderators\u2019 console is loaded by nobody else, and is small, too', () => {
  const files = [...modules(join(root, 'web/components/moderate.js'))].filter(isConsole);
  assert.ok(files.length > 8);
  assert.ok(bytesOf(files) < consoleMax, `${bytesOf(files)} bytes in ${files.length} files`);
  const others = [...modules(join(root, 'web/main.js'))].filter((file) => !isConsole(file) && !file.endsWith('web/main.js'));
  for (const file of others) assert.ok(!/from '[^']*(console|moderate|live-table|table-rows)[^']*'/.test(readFileSync(file, 'utf8')), file);
});

test('every style sheet is used, and every one that is used is there', () => {
  const page = readFileSync(join(root, 'web/index.html'), 'utf8');
  const used = [...page.matchAll(/href="\/web\/styles\/([\w-]+\.css)"/g)].map(([, name]) => name).sort();
  assert.deepEqual(used, readdirSync(styles).sort());
});

test('the preview has the server\u2019s own policy, which lets no stranger\u2019s script, style or frame in', () => {
  const swift = readFileSync(join(root, '../Sources/ArenaServer/HTTP/WebRoutes.swift'), 'utf8');
  const policy = [.../"Content-Security-Policy",([^)]*)\)/.exec(swift)?.[1].matchAll(/"([^"]*)"/g) ?? []].map(([, part]) => part).join('');
  const preview = readFileSync(join(root, 'preview/serve.js'), 'utf8');
  const shown = [.../const policy =([\s\S]*?)createServer/.exec(preview)?.[1].matchAll(/"([^"]*)"/g) ?? []].map(([, part]) => part).join('');
  assert.ok(policy.length > 100);
  assert.equal(shown, policy);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.match(policy, /default-src 'self'.*frame-ancestors 'none'/);
  const page = readFileSync(join(root, 'web/index.html'), 'utf8');
  assert.doesNotMatch(page, /<style|style=|<script(?![^>]* src=)|\son\w+=/);
});
