// Asking the portal: reading with a memory for when it is away, and acting, which is never done from memory.
import { untrack } from 'svelte';
import { api, trouble, type Answer, type Ask, type Callable, type Trouble } from './api';
import { app } from './app.svelte';
import { askPassword } from './dialogs.svelte';

/** Somebody closed the dialog that asked for the password: nothing is wrong, and nothing was done. */
export class GivenUp extends Error {}

async function call<E extends Callable>(endpoint: E, ask: Ask<E>): Promise<Answer<E>> {
  const began = performance.now();
  try {
    const answer = await api.call(endpoint, ask);
    app.heard(performance.now() - began);
    return answer;
  } catch (thrown) {
    const why = trouble(thrown);
    if (why.kind === 'unreachable') app.missed();
    if (why.kind === 'signed_out') app.end();
    if (why.kind === 'locked') app.locked();
    // Whatever it said, it spoke.
    if (why.kind === 'refused') app.heard(performance.now() - began);
    throw why;
  }
}

/** One answer that a page shows, kept fresh while the page is open. Made while a component is made. */
export class Reading<E extends Callable> {
  answer = $state.raw<Answer<E> | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  isLoading = $state(true);
  /** The time of the answer where the portal is away. */
  staleSince = $state.raw<string | null>(null);
  #endpoint: E;
  #ask: () => Ask<E> | null;
  #turn = 0;
  /** The question that is answered on the screen. */
  #answered = '';

  /** `ask` is read again when what it reads changes; null asks nothing. `nouns`: whose changes make the answer old. */
  constructor(endpoint: E, ask: () => Ask<E> | null, nouns: readonly string[] = []) {
    this.#endpoint = endpoint;
    this.#ask = ask;
    let before = '';
    $effect(() => {
      const now = this.#ask();
      const key = JSON.stringify(now);
      if (key === before) return;
      const isOther = identity(before) !== identity(key);
      before = key;
      untrack(() => void this.#read(now, isOther));
    });
    $effect(() =>
      app.onChange((changed) => {
        if (changed.has('everything') || nouns.some((noun) => changed.has(noun))) void this.again();
      }),
    );
  }

  /** Asks again and leaves on the screen what is there. */
  again = () => this.#read(this.#ask(), false);

  /** What an act answered is the newest there is. */
  put(answer: Answer<E>) {
    this.#turn += 1;
    this.answer = answer;
    this.#answered = JSON.stringify(this.#ask());
    this.trouble = null;
    this.isLoading = false;
    this.staleSince = null;
  }

  async #read(ask: Ask<E> | null, isOther: boolean) {
    const turn = ++this.#turn;
    if (isOther) {
      this.answer = null;
      this.staleSince = null;
    }
    if (!ask) {
      this.isLoading = false;
      return;
    }
    this.isLoading = true;
    this.trouble = null;
    try {
      const answer = await call(this.#endpoint, ask);
      if (turn !== this.#turn) return;
      this.answer = answer;
      this.#answered = JSON.stringify(ask);
      this.staleSince = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      const why = trouble(thrown);
      if (why.kind === 'locked' || why.kind === 'signed_out') return;
      const last =
        why.kind === 'unreachable' ? await api.cached(this.#endpoint, ask).catch(() => null) : null;
      if (turn !== this.#turn) return;
      const question = JSON.stringify(ask);
      if (last) {
        this.answer = last.answer;
        this.#answered = question;
        this.staleSince = last.at;
        return;
      }
      // What was read before may go on standing there; the rows of another filter may not stand under this one.
      if (this.answer === null || this.#answered !== question) {
        this.answer = null;
        this.trouble = why;
      } else if (why.kind !== 'unreachable') app.fail(why);
    } finally {
      if (turn === this.#turn) this.isLoading = false;
    }
  }
}

/** Another object is another page; another filter of the same list may show the old rows until the new ones are there. */
const identity = (key: string) =>
  key && key !== 'null' ? JSON.stringify((JSON.parse(key) as { id?: unknown }).id ?? null) : key;

/** Does something, and asks for one's own password first where the portal wants that. */
export async function act<E extends Callable>(endpoint: E, ask: Ask<E>): Promise<Answer<E>> {
  return fresh(() => call(endpoint, ask));
}

/** The same for what has a command of its own. `isHere`: it can be done without the portal, too. */
export async function fresh<T>(run: () => Promise<T>, isHere = false): Promise<T> {
  if (app.isOffline && !isHere) {
    throw {
      kind: 'unreachable',
      message: 'There is no connection to the portal, so nothing can be changed now.',
    } satisfies Trouble;
  }
  try {
    return await run();
  } catch (thrown) {
    const why = trouble(thrown);
    if (why.kind === 'unreachable') app.missed();
    if (why.kind === 'signed_out') app.end();
    if (why.code !== 'fresh_required') throw why;
    if (!(await askPassword())) throw new GivenUp();
    return run();
  }
}

export async function confirmPassword(password: string): Promise<void> {
  await call('confirm_password', { body: { password } });
}

/** Does something that has no form: what went wrong stands over the sheet. True where it was done. */
export async function attempt(run: () => Promise<unknown>, said?: string): Promise<boolean> {
  try {
    await run();
  } catch (thrown) {
    if (!(thrown instanceof GivenUp)) app.fail(trouble(thrown));
    return false;
  }
  if (said) app.say(said);
  return true;
}

/** What a form knows while it is sent: whether it is on its way, and what was wrong with which field. */
export class Sending {
  isBusy = $state(false);
  trouble = $state.raw<Trouble | null>(null);

  field = (name: string): string | undefined => this.trouble?.fields?.[name];

  async send<T>(run: () => Promise<T>): Promise<T | undefined> {
    if (this.isBusy) return undefined;
    this.isBusy = true;
    this.trouble = null;
    try {
      return await run();
    } catch (thrown) {
      if (!(thrown instanceof GivenUp)) this.trouble = trouble(thrown);
      return undefined;
    } finally {
      this.isBusy = false;
    }
  }
}
