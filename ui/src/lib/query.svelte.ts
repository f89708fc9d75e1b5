// Requests to the portal: queries with a fallback to the app's cache, and mutations.
import { untrack } from 'svelte';
import { api, appError, type Callable, type Params } from './api';
import { app, type ChangeSet, type Update } from './app.svelte';
import type { AppError } from './generated/commands';
import { requestPassword } from './dialogs.svelte';
import type { Answer } from './types';

/** The user closed the password dialog: nothing was done. */
export class Cancelled extends Error {}

async function call<E extends Callable>(endpoint: E, params: Params<E>): Promise<Answer<E>> {
  const start = performance.now();
  try {
    const answer = await api.call(endpoint, params);
    app.markOnline(performance.now() - start);
    return answer;
  } catch (thrown) {
    const error = appError(thrown);
    if (error.kind === 'unreachable') app.markOffline();
    if (error.kind === 'signed_out') app.expireSession();
    if (error.kind === 'locked') app.setLocked();
    if (error.kind === 'refused') app.markOnline(performance.now() - start);
    throw error;
  }
}

/** Applies the record that an action returned to an answer; null if the answer does not contain it. */
type Merge<E extends Callable> = (data: Answer<E>, update: Update) => Answer<E> | null;

/**
 * The answer of an endpoint, kept up to date while the component exists. Create it in a component's script.
 */
export class Query<E extends Callable> {
  data = $state.raw<Answer<E> | null>(null);
  error = $state.raw<AppError | null>(null);
  isLoading = $state(true);
  /** The time of the answer if it comes from the app's cache. */
  staleSince = $state.raw<string | null>(null);
  #endpoint: E;
  #params: () => Params<E> | null;
  #merge: Merge<E> | undefined;
  /** Increases with each request; the answer of an older one is ignored. */
  #generation = 0;
  /** The parameters of `data`. */
  #loadedKey = '';

  /**
   * `params` is tracked; null sends no request. A change of one of the `nouns` reloads the answer, unless
   * `merge` can apply it.
   */
  constructor(endpoint: E, params: () => Params<E> | null, nouns: readonly string[] = [], merge?: Merge<E>) {
    this.#endpoint = endpoint;
    this.#params = params;
    this.#merge = merge;
    let previousKey = '';
    $effect(() => {
      const next = this.#params();
      const key = JSON.stringify(next);
      if (key === previousKey) return;
      const isOtherRecord = recordOf(previousKey) !== recordOf(key);
      previousKey = key;
      untrack(() => void this.#load(next, isOtherRecord));
    });
    $effect(() =>
      app.onChange((change) => {
        if (this.#apply(change)) return;
        if (change.nouns === null || nouns.some((noun) => change.nouns?.has(noun))) void this.refetch();
      }),
    );
  }

  /** Loads the answer again; the current one stays on the screen meanwhile. */
  refetch = () => this.#load(this.#params(), false);

  /** Uses the record that an action returned. */
  #apply({ update }: ChangeSet): boolean {
    if (!update) return false;
    const params = this.#params();
    let data: Answer<E> | null = null;
    if (update.endpoint === this.#endpoint && String(params?.id) === String(update.id)) {
      data = update.data as Answer<E>;
    } else if (this.data && !this.staleSince) {
      data = this.#merge?.(this.data, update) ?? null;
    }
    if (data === null) return false;
    this.#generation += 1;
    this.data = data;
    this.#loadedKey = JSON.stringify(params);
    this.error = null;
    this.isLoading = false;
    this.staleSince = null;
    return true;
  }

  async #load(params: Params<E> | null, isOtherRecord: boolean) {
    const generation = ++this.#generation;
    if (isOtherRecord) {
      this.data = null;
      this.staleSince = null;
    }
    if (!params) {
      this.isLoading = false;
      return;
    }
    this.isLoading = true;
    this.error = null;
    const key = JSON.stringify(params);
    try {
      const data = await call(this.#endpoint, params);
      if (generation !== this.#generation) return;
      this.data = data;
      this.#loadedKey = key;
      this.staleSince = null;
    } catch (thrown) {
      if (generation !== this.#generation) return;
      const error = appError(thrown);
      if (error.kind === 'locked' || error.kind === 'signed_out') return;
      const cached =
        error.kind === 'unreachable' ? await api.cached(this.#endpoint, params).catch(() => null) : null;
      if (generation !== this.#generation) return;
      if (cached) {
        this.data = cached.answer;
        this.#loadedKey = key;
        this.staleSince = cached.at;
        return;
      }
      // The previous answer may stay, but rows of another filter must not.
      if (this.data === null || this.#loadedKey !== key) {
        this.data = null;
        this.error = error;
      } else if (error.kind !== 'unreachable') app.showError(error);
    } finally {
      if (generation === this.#generation) this.isLoading = false;
    }
  }
}

/** The record in serialized parameters: a list keeps its rows until those of another filter are loaded. */
const recordOf = (key: string) =>
  key && key !== 'null' ? JSON.stringify((JSON.parse(key) as { id?: unknown }).id ?? null) : key;

interface ReauthOptions {
  /** Needs no portal. */
  offline?: boolean;
  /** Changes an account of staff: a code is needed, whichever of the two the portal demands first. */
  isAboutStaff?: boolean;
}

/** Calls an endpoint that changes something. Asks for the user's password first if the portal demands it. */
export async function mutate<E extends Callable>(
  endpoint: E,
  params: Params<E>,
  options: ReauthOptions = {},
): Promise<Answer<E>> {
  return withReauth(() => call(endpoint, params), options);
}

/** Runs a command; asks for the password, or for password and code, and repeats if the portal demands it. */
export async function withReauth<T>(
  run: () => Promise<T>,
  { offline = false, isAboutStaff = false }: ReauthOptions = {},
): Promise<T> {
  if (app.isOffline && !offline) {
    throw {
      kind: 'unreachable',
      message: 'There is no connection to the portal. Changes are disabled.',
    } satisfies AppError;
  }
  try {
    return await run();
  } catch (thrown) {
    const error = appError(thrown);
    if (error.kind === 'unreachable') app.markOffline();
    if (error.kind === 'signed_out') app.expireSession();
    const isPasswordDemanded = error.code === 'reauth_required';
    const isCodeDemanded = error.code === 'reauth_code_required';
    if (!isPasswordDemanded && !isCodeDemanded) throw error;
    const withCode = isCodeDemanded || (isAboutStaff && app.user?.has_totp === true);
    if (!(await requestPassword(withCode))) throw new Cancelled();
    // A password that was demanded first may be followed by a demand for a code.
    return withCode ? run() : withReauth(run, { offline, isAboutStaff });
  }
}

/** Asks for the password now if the next command would demand it: before a dialog that would open twice. */
export const ensureRecentPassword = () =>
  withReauth(async () => {
    const { fresh_until } = await call('session', {});
    if (fresh_until) return;
    throw {
      kind: 'refused',
      code: 'reauth_required',
      message: 'Type your password again.',
    } satisfies AppError;
  });

/** `totp` is empty where no code is needed. */
export async function confirmPassword(password: string, totp: string): Promise<void> {
  await call('confirm_password', { body: { password, totp: totp || null } });
}

/** Runs an action without a form; a banner shows its error. Returns whether it succeeded. */
export async function attempt(run: () => Promise<unknown>, announcement?: string): Promise<boolean> {
  try {
    await run();
  } catch (thrown) {
    if (!(thrown instanceof Cancelled)) app.showError(appError(thrown));
    return false;
  }
  if (announcement) app.announce(announcement);
  return true;
}

/** The submission of a form: whether it runs, and the error of each field. */
export class Mutation {
  isBusy = $state(false);
  error = $state.raw<AppError | null>(null);

  field = (name: string): string | undefined => this.error?.fields?.[name];

  /** Returns undefined if it failed, was cancelled, or another run has not ended. */
  async run<T>(send: () => Promise<T>): Promise<T | undefined> {
    if (this.isBusy) return undefined;
    this.isBusy = true;
    this.error = null;
    try {
      return await send();
    } catch (thrown) {
      if (!(thrown instanceof Cancelled)) this.error = appError(thrown);
      return undefined;
    } finally {
      this.isBusy = false;
    }
  }
}
