// The desktop app's pages over sample data, served under the policy that the app has.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, visit } from '../browser/chromium.mjs';

const folder = fileURLToPath(new URL('../../ui/dist-sample/', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src ipc: http://ipc.localhost',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

export const sizes = { small: { width: 1024, height: 640 }, large: { width: 1440, height: 900 } };

/** The pages in Chromium. `open` opens a screen; `leave` fails on messages of the console. */
export async function start() {
  const server = createServer(async (asked, answer) => {
    const path = normalize(new URL(asked.url, 'http://localhost').pathname);
    try {
      const body = await readFile(join(folder, path === '/' ? 'index.html' : path));
      answer
        .writeHead(200, {
          'content-type': types[extname(path)] ?? types['.html'],
          'content-security-policy': policy,
        })
        .end(body);
    } catch {
      answer.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launch();
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    async visit(size = sizes.large, options = {}) {
      const visitor = await visit(browser, origin, {
        viewport: size,
        deviceScaleFactor: 1,
        isMobile: false,
        hasTouch: false,
        reducedMotion: 'reduce',
        ...options,
      });
      return {
        ...visitor,
        /** Opens a screen and waits until it has loaded. */
        async open(params = {}) {
          await visitor.page.goto(`/?${new URLSearchParams(params)}`);
          await visitor.page.waitForSelector('main h1', { state: 'attached' });
          // The frame of index.html would cover the page.
          await visitor.page.waitForSelector('#frame', { state: 'detached' });
          if (params.state !== 'loading')
            await visitor.page.waitForFunction(() => !document.querySelector('.skeleton'));
          await visitor.page.waitForFunction(
            () =>
              !document.querySelector('#b-revenue') ||
              document.querySelector('[aria-labelledby=b-revenue] :is(canvas, .quiet)'),
          );
          await visitor.page.evaluate(() => document.fonts.ready);
        },
      };
    },
    async stop() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
