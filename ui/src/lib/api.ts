// Calls the commands of the desktop app, which sends the requests to the portal. Tokens and passwords stay in
// the app, except a password that the user asked to see (`showPassword`). No other file imports @tauri-apps.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type {
  AppError,
  Commands,
  Events,
  ExcludedEndpoint,
  ExportNoun,
  SettingsEdit,
} from './generated/commands';
import type { Answer, Body, Endpoint, ExportQuery, Id, Query } from './types';

/** The endpoints that a page may call. */
export type Callable = Exclude<Endpoint, ExcludedEndpoint>;

type Given<Name extends string, T> = [T] extends [null] ? { [key in Name]?: null } : { [key in Name]: T };
/** The parameters of an endpoint. */
export type Params<E extends Endpoint> = Given<'id', Id<E>> &
  Given<'body', Body<E>> & { query?: Query<E> | null };

/** Converts a thrown value into an AppError. */
export function appError(thrown: unknown): AppError {
  if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown && 'message' in thrown) {
    return thrown as AppError;
  }
  return { kind: 'unreadable', message: 'The program did not understand what came back. Try again.' };
}

async function command<Name extends keyof Commands>(
  name: Name,
  ...[args]: Commands[Name]['args'] extends null ? [] : [Commands[Name]['args']]
): Promise<Commands[Name]['answer']> {
  try {
    return await invoke<Commands[Name]['answer']>(name, args ?? undefined);
  } catch (thrown) {
    throw appError(thrown);
  }
}

export const api = {
  call: async <E extends Callable>(endpoint: E, { id, query, body }: Params<E>): Promise<Answer<E>> =>
    (await command('call', {
      endpoint,
      id: id ?? null,
      query: query ?? null,
      body: body ?? null,
    })) as Answer<E>,
  /** The last answer to this request. */
  cached: async <E extends Callable>(endpoint: E, { id, query }: Params<E>) =>
    (await command('cached', { endpoint, id: id ?? null, query: query ?? null })) as {
      answer: Answer<E>;
      at: string;
    } | null,
  state: () => command('state'),
  addProfile: (url: string) => command('add_profile', { url }),
  removeProfile: (id: string) => command('remove_profile', { id }),
  useProfile: (id: string) => command('use_profile', { id }),
  signIn: (given: Commands['sign_in']['args']) => command('sign_in', given),
  enrol: (given: Commands['enrol']['args']) => command('enrol', given),
  signOut: () => command('sign_out'),
  lock: () => command('lock'),
  unlock: (password: string) => command('unlock', { password }),
  /** Copies a password without showing it. Returns when it expires if it is an offline credential. */
  copyPassword: (service: number) => command('copy_password', { service }),
  showPassword: (service: number) => command('show_password', { service }),
  saveOfflineCredentials: (service: number, days: number) =>
    command('save_offline_credentials', { service, days }),
  removeOfflineCredentials: (service: number) => command('remove_offline_credentials', { service }),
  offlineCredentials: () => command('offline_credentials'),
  copyText: (text: string) => command('copy_text', { text }),
  impersonate: (user: number, reason: string) => command('impersonate', { user, reason }),
  openPanel: (service: number) => command('open_panel', { service }),
  /** Saves all rows as CSV, or those that the list shows with these filters. */
  saveExport: (noun: ExportNoun, query: ExportQuery = {}) => command('save_export', { noun, query }),
  setSettings: (settings: SettingsEdit) => command('set_settings', { settings }),
  on: <E extends keyof Events>(event: E, then: (payload: Events[E]) => void) =>
    listen<Events[E]>(event, ({ payload }) => then(payload)),
};
