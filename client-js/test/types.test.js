import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compilerVersion, declare, root, versionOfCompiler, wireDeclarations } from '../tools/types.js';

const version = versionOfCompiler();
const skip = version === compilerVersion ? false
  : `tsc ${compilerVersion} is needed, here is ${version ?? 'none'}: apt-get install node-typescript`;
const read = (path) => readFileSync(join(root, path), 'utf8');

test('the wire types are those of the protocol\u2019s schemas', () => {
  assert.equal(read('src/wire.d.ts'), wireDeclarations(), 'run: node tools/types.js');
});

test('the declarations for users are those of the sources', { skip }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'neuronarena-types-'));
  t.after(() => rmSync(folder, { recursive: true }));
  declare(folder);
  assert.deepEqual(readdirSync(join(root, 'types')).sort(), readdirSync(folder).sort());
  for (const name of readdirSync(folder)) {
    assert.equal(read(`types/${name}`), readFileSync(join(folder, name), 'utf8'), `${name}: run node tools/types.js`);
  }
});

test('a user\u2019s program is checked as it should be, without other packages', { skip }, () => {
  try {
    execFileSync('tsc', ['-p', join(root, 'test/types/tsconfig.json')], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
