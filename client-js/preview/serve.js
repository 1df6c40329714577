/** Serves the app as the server does, with its Content-Security-Policy: `node serve.js [port]`. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// As in Sources/ArenaServer/HTTP/WebRoutes.swift.
const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
  + "frame-ancestors 'none'; require-trusted-types-for 'script'";

createServer(async (request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
  const name = path === '/' ? '/web/index.html' : path;
  try {
    if (!/^\/(web|src)\//.test(name)) throw new Error('not served');
    const body = await readFile(join(root, name));
    response.writeHead(200, { 'Content-Type': kinds[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
    response.end(body);
  } catch {
    response.writeHead(404).end('not found');
  }
}).listen(Number(process.argv[2] ?? 0), '127.0.0.1', function listening() {
  console.log(`http://127.0.0.1:${this.address().port}/`);
});
