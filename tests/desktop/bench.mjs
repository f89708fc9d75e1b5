// Measures the app and an empty window of Tauri alternately in one session: signed in before, the dashboard
// first. Started by `tests/desktop/bench`.
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeHome, running, startApp } from './app.mjs';
import { createHosting, signIn, startStaffedPortal } from './staff.mjs';

const { BUNDLES, EMPTY_WINDOW, HOLLYN_DESKTOP, ROUNDS } = process.env;
/** The idle time before memory is read. */
const idleSeconds = 10;
const openings = 20;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
/** The kernel's ticks in a second, in `/proc`. */
const hz = 100;

/**
 * When a process began, as milliseconds of the page's clock: to a hundredth of a second, as the kernel keeps
 * it.
 */
async function began(pid) {
  const [line, uptime] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile('/proc/uptime', 'utf8'),
  ]);
  const ticks = Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[19]);
  return Date.now() - (Number(uptime.split(' ')[0]) - ticks / hz) * 1000;
}

/**
 * The memory of a process and of all that it started, in MB: shared pages are split among those who share
 * them.
 */
async function memory(root) {
  const parents = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    if (line) parents.set(Number(pid), Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isOurs = (pid) => pid === root || (parents.has(pid) && isOurs(parents.get(pid)));
  let kilobytes = 0;
  for (const pid of [...parents.keys()].filter(isOurs)) {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Milliseconds of the page's clock when something was painted first. */
const painted = (page) =>
  page.executeAsyncScript((done) => {
    const look = () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint) done(performance.timeOrigin + paint.startTime);
      else requestAnimationFrame(look);
    };
    look();
  });

/** The same for the frame in which the dashboard has its figures. */
const filled = (page) =>
  page.executeAsyncScript((done) => {
    const look = () => {
      const isThere =
        document.querySelector('.crumbs')?.textContent.includes('Dashboard') &&
        /TSh/.test(document.querySelector('main')?.textContent ?? '');
      if (isThere) requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });

/** Milliseconds from the key to the frame that shows the palette, each time it is opened. */
const palette = (page, times) =>
  page.executeAsyncScript((times, done) => {
    const press = (key, more) =>
      window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    const isOpen = () => document.querySelector('[role=combobox], dialog input') !== null;
    const took = [];
    const open = () => {
      const start = performance.now();
      press('k', { ctrlKey: true });
      // The frame that has it is painted right after its callback.
      const look = () =>
        requestAnimationFrame(() => {
          if (isOpen()) setTimeout(note);
          else look();
        });
      const note = () => {
        took.push(performance.now() - start);
        document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
        );
        const gone = () =>
          requestAnimationFrame(() => {
            if (isOpen()) gone();
            else if (took.length < times) open();
            else done(took);
          });
        gone();
      };
      look();
    };
    open();
  }, times);

async function measure(home, binary, more = async () => ({})) {
  const app = await startApp(home, {}, { binary });
  try {
    const [pid] = await running(binary);
    const start = await began(pid);
    const paint = (await painted(app.page)) - start;
    const others = await more(app.page, start);
    await pause(idleSeconds * 1000);
    return { paint, memory: await memory(pid), ...others };
  } finally {
    await app.close();
  }
}

async function installers() {
  const found = [];
  for (const kind of ['deb', 'rpm']) {
    for (const name of await readdir(join(BUNDLES, kind))) {
      if (name.endsWith(`.${kind}`))
        found.push({ name, megabytes: (await stat(join(BUNDLES, kind, name))).size / 1e6 });
    }
  }
  return found;
}

const line = (what, value, aim) => console.log(`${what.padEnd(44)}${value.padStart(34)}   ${aim}`);
const beside = (ours, theirs, unit) =>
  `${Math.round(ours)} ${unit} / ${Math.round(theirs)} ${unit} = ${(ours / theirs).toFixed(2)}`;

const portal = await startStaffedPortal();
const home = await makeHome();
const emptyHome = await makeHome();
try {
  const first = await startApp(home);
  await signIn(first, portal);
  await createHosting(first);
  await first.close();

  const ours = [],
    empty = [];
  for (let round = 0; round < Number(ROUNDS); round += 1) {
    empty.push(await measure(emptyHome, EMPTY_WINDOW));
    ours.push(
      await measure(home, HOLLYN_DESKTOP, async (page, start) => {
        const data = (await filled(page)) - start;
        return { data, palette: median(await palette(page, openings)) };
      }),
    );
  }
  const of = (rows, name) => median(rows.map((row) => row[name]));
  console.log(`\nmedians of ${ROUNDS} starts in turn, beside an empty window`);
  line('start to first paint', beside(of(ours, 'paint'), of(empty, 'paint'), 'ms'), 'aim 1.2');
  line(
    "first paint to the dashboard's figures",
    `${Math.round(median(ours.map(({ data, paint }) => data - paint)))} ms`,
    'aim 500 ms',
  );
  line("start to the dashboard's figures", `${Math.round(of(ours, 'data'))} ms`, '');
  line(
    `memory of all processes, ${idleSeconds} s idle`,
    beside(of(ours, 'memory'), of(empty, 'memory'), 'MB'),
    'aim 1.3',
  );
  line(`palette, key to frame, median of ${openings}`, `${of(ours, 'palette').toFixed(1)} ms`, 'aim 50 ms');
  for (const { name, megabytes } of await installers()) line(name, `${megabytes.toFixed(1)} MB`, 'aim 15 MB');
} finally {
  await home.end();
  await emptyHome.end();
  await portal.stop();
}
