import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is yes, and gives that answer. */
export async function until(what, ask, { within = 15_000, every = 250 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${within / 1000} s: ${what}`);
    await pause(every);
  }
}
