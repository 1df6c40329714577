import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('the bot of the README is the one that is tested, in thirty lines', () => {
  const bot = read('examples/bot.js');
  assert.ok(bot.trimEnd().split('\n').length <= 30);
  assert.ok(read('README.md').includes(`\`\`\`js\n${bot}\`\`\`\n`), 'copy examples/bot.js into README.md');
});
