// What Linux tells of a process and its children: memory and descriptors.
import { readdir, readFile } from 'node:fs/promises';

async function status(pid, name) {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

/** The process and those that it started. */
async function family(pid) {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const children = [];
  for (const other of all) if ((await status(other, 'PPid')) === pid) children.push(Number(other));
  return [pid, ...children];
}

/** Resident memory in megabytes and open descriptors, now and summed over the process and its children. */
export async function usage(pid) {
  const found = { memory: 0, descriptors: 0 };
  for (const one of await family(pid)) {
    found.memory += (await status(one, 'VmRSS')) / 1024;
    found.descriptors += await readdir(`/proc/${one}/fd`).then(
      (files) => files.length,
      () => 0,
    );
  }
  return found;
}

/** The most that a process used while `work` ran: looked at four times a second. */
export async function peak(pid, work) {
  const most = await usage(pid);
  const look = async () => {
    const now = await usage(pid);
    for (const name of Object.keys(most)) most[name] = Math.max(most[name], now[name]);
  };
  const timer = setInterval(() => look().catch(() => {}), 250);
  try {
    const result = await work();
    await look();
    return { most, result };
  } finally {
    clearInterval(timer);
  }
}

/** A line of figures, like `nginx: 31 MB, 1042 descriptors`. */
export function told({ memory, descriptors }) {
  return `${memory.toFixed(0)} MB, ${descriptors} descriptors`;
}
