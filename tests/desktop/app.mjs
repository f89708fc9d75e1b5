// The desktop app in its window, driven by WebKit's WebDriver, in the session of `in_session`.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Builder } from 'selenium-webdriver';
import { freePort } from '../browser/portal.mjs';
import { until } from '../browser/until.mjs';

const run = promisify(execFile);
const program = process.env.HOLLYN_DESKTOP;

/** A home folder for the app, also over several starts. `end` removes it. */
export async function makeHome() {
  if (!program)
    throw new Error("HOLLYN_DESKTOP should name the app's program; start this by tests/run desktop");
  const folder = await mkdtemp(join(tmpdir(), 'hollyn-home-'));
  // The system's browser: records the addresses that it is opened with.
  const browser = join(folder, 'xdg-open');
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$1" >>'${folder}/opened'\n`);
  await chmod(browser, 0o755);
  return {
    folder,
    opened: async () =>
      (await readFile(join(folder, 'opened'), 'utf8').catch(() => '')).split('\n').filter(Boolean),
    /** Every file under it, as text. */
    files: () => texts(folder),
    end: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

async function texts(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return { path, text: await readFile(path, 'latin1').catch(() => '') };
    }),
  );
}

/** The app's environment in a home folder. */
const around = (home) => ({
  ...process.env,
  PATH: `${home.folder}:${process.env.PATH}`,
  XDG_CONFIG_HOME: join(home.folder, 'config'),
  XDG_DATA_HOME: join(home.folder, 'data'),
  XDG_CACHE_HOME: join(home.folder, 'cache'),
});

/**
 * Starts the app in a home, or another program with a window. `call` asks Rust as the page does; `close`
 * closes the window, as a person does.
 */
export async function startApp(home, variables = {}, { args = [], binary = program } = {}) {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...around(home), TAURI_WEBVIEW_AUTOMATION: 'true', ...variables },
  });
  let log = '';
  for (const stream of [driver.stdout, driver.stderr])
    stream.on('data', (piece) => {
      log += piece;
    });
  const ended = once(driver, 'exit');
  const kill = () => driver.kill('SIGTERM');
  process.once('exit', kill);

  const server = `http://127.0.0.1:${port}`;
  await until('the WebDriver answers', async () => (await fetch(`${server}/status`).catch(() => null))?.ok, {
    within: 30_000,
    every: 50,
  }).catch((error) => {
    kill();
    throw new Error(`${error.message}\n${log}`, { cause: error });
  });
  let page;
  try {
    page = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(server)
      .withCapabilities({ browserName: 'wry', 'webkitgtk:browserOptions': { binary, args } })
      .build();
  } catch (error) {
    kill();
    await ended;
    throw new Error(`${error.message}\n${log}`, { cause: error });
  }
  await page.manage().setTimeouts({ script: 60_000 });

  const call = async (command, given = {}) => {
    const { good, bad } = await page.executeAsyncScript(
      (command, given, done) => {
        if (!window.__TAURI_INTERNALS__) {
          done({ bad: 'no bridge' });
          return;
        }
        window.__TAURI_INTERNALS__.invoke(command, given).then(
          (good) => done({ good }),
          (bad) => done({ bad }),
        );
      },
      command,
      given,
    );
    if (bad !== undefined) throw Object.assign(new Error(JSON.stringify(bad)), { error: bad });
    return good;
  };
  // The driver closes the window and must run until that is done. A start before the app has ended would only
  // activate the old one.
  const close = async () => {
    process.off('exit', kill);
    await page.quit().catch(() => {});
    const left = await until('the app has ended', async () => (await running(binary)).length === 0).then(
      () => [],
      () => running(binary),
    );
    kill();
    await ended;
    for (const pid of left) process.kill(pid, 'SIGKILL');
    if (left.length > 0) throw new Error(`the app did not end:\n${log}`);
    return log;
  };
  return { page, call, close, log: () => log };
}

/**
 * Starts the program once more while it is open, as a link in a mail does, and waits until that start has
 * ended.
 */
export async function startAgain(home, ...args) {
  await run(program, args, { env: around(home), timeout: 20_000 });
}

/** The windows on the screen with that name (a regular expression of xdotool). */
export async function windows(title) {
  const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--name', title]).catch(
    (error) => error,
  );
  return stdout.split('\n').filter(Boolean);
}

/** Sends input or window manager actions to a window. */
export const onScreen = (...words) => run('xdotool', words.map(String));

/** The processes of the app in this session. */
export async function running(binary = program) {
  const { stdout } = await run('ps', ['-eo', 'pid=,stat=,args=']);
  const ours = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, stat, called]) => called === binary && !stat.startsWith('Z'));
  return ours.map(([pid]) => Number(pid));
}

/** The tokens in the keyring, by profile. */
export async function keyring() {
  const { stdout, stderr } = await run('secret-tool', [
    'search',
    '--all',
    'service',
    'online.hollyn.desktop',
  ]).catch((error) => error);
  return [...`${stdout}${stderr}`.matchAll(/^secret = (.+)$/gm)].map(([, secret]) => secret);
}

/** The text on the clipboard. */
export async function clipboard() {
  const { stdout } = await run('xclip', ['-selection', 'clipboard', '-o'], { timeout: 5_000 }).catch(() => ({
    stdout: '',
  }));
  return stdout;
}
