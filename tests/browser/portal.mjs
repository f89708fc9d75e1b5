// The portal's program without keys, so with its sandbox, in its own folder.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.mjs';

const program = process.env.HOLLYN_PORTAL;

/**
 * Starts a portal and waits until it is ready. `stop` ends it and tells whether its log is clean; errors that
 * a test meant to happen match `meant`. `staff('suspend', 1, 'why')` does what only staff can do, by the
 * portal's example of that name; `command('admin', 'create', …)` is the program's own command line, and gives
 * what it printed. `pid` is its process, `log` gives what it wrote so far.
 */
export async function startPortal(variables = {}, meant = null) {
  if (!program)
    throw new Error("HOLLYN_PORTAL should name the portal's program; start this by tests/run browser");
  const folder = await mkdtemp(join(tmpdir(), 'hollyn-browser-'));
  // Under its own name: a developer who ends a portal by name does not end this one.
  const tested = join(folder, 'tested');
  await symlink(program, tested);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const log = join(folder, 'portal.log');
  // Without the developer's environment, and in a folder without `.env`.
  const options = {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      APP_ENV: 'local',
      HOLLYN_DATA_DIR: join(folder, 'data'),
      ROCKET_ADDRESS: '127.0.0.1',
      ROCKET_PORT: String(port),
      ...variables,
    },
  };
  const child = spawn(tested, ['serve'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(log);
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const ended = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const stop = async () => {
    process.off('exit', kill);
    const early = child.exitCode ?? child.signalCode;
    const late = setTimeout(kill, 30_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
    const text = await readFile(log, 'utf8');
    await rm(folder, { recursive: true, force: true });
    const bad = text.split('\n').filter((line) => /panicked at|\bERROR\b/.test(line) && !meant?.test(line));
    if (early !== null) throw new Error(`the portal ended by itself with ${early}:\n${text.slice(-4000)}`);
    if (bad.length > 0) throw new Error(`the portal's log has errors:\n${bad.join('\n')}`);
  };

  try {
    await until(
      'the portal is ready',
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
        return (await fetch(`${origin}/readyz`).catch(() => null))?.ok;
      },
      { within: 60_000, every: 100 },
    );
  } catch (error) {
    kill();
    await ended;
    const text = await readFile(log, 'utf8');
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${error.message}\n${text.slice(-4000)}`, { cause: error });
  }
  const staff = (...words) =>
    promisify(execFile)(join(dirname(program), 'examples', 'staff'), words.map(String), options);
  const command = async (...words) => (await promisify(execFile)(tested, words, options)).stdout;
  return { origin, stop, staff, command, pid: child.pid, log: () => readFile(log, 'utf8') };
}

/** A port of this machine on which nothing listens. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
