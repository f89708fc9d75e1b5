import { setTimeout as pause } from 'node:timers/promises';

/** Repeats until the result is truthy; returns it. */
export async function until(what, ask, { within = 15_000, every = 250 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${within / 1000} s: ${what}`);
    await pause(every);
  }
}
