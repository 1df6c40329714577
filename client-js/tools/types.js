/**
 * Makes what users of the SDK have as types: `node tools/types.js` writes `src/wire.d.ts` from the
 * protocol's schemas, and `types/` from the JSDoc of `src` with `tsc`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wireTypes } from './wire-types.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The compiler's version that `types/` is made with: others print the same types differently. */
export const compilerVersion = '4.8';

/** @returns {string | null} The version of the `tsc` at hand, as `4.8`. */
export function versionOfCompiler() {
  try {
    return /(\d+\.\d+)/.exec(execFileSync('tsc', ['--version'], { encoding: 'utf8' }))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** @returns {string} What `src/wire.d.ts` has to be. */
export function wireDeclarations() {
  return wireTypes(join(root, '..', 'protocol'));
}

/**
 * Writes what `types/` has to hold.
 * @param {string} folder
 */
export function declare(folder) {
  execFileSync('tsc', ['-p', join(root, 'tools/declarations.json'), '--outDir', folder], { stdio: 'inherit' });
  writeFileSync(join(folder, 'wire.d.ts'), "export * from '../src/wire.js';\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const version = versionOfCompiler();
  if (version !== compilerVersion) {
    console.error(`tsc ${compilerVersion} is needed, here is ${version ?? 'none'}: apt-get install node-typescript.`);
    process.exit(1);
  }
  writeFileSync(join(root, 'src/wire.d.ts'), wireDeclarations());
  rmSync(join(root, 'types'), { recursive: true, force: true });
  mkdirSync(join(root, 'types'));
  declare(join(root, 'types'));
}
