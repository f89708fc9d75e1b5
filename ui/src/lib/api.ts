// The bridge to the program's Rust side, which alone speaks to the portal. Tokens and passwords stay there; the one
// password that comes here is the one that somebody chose to see (`showPassword`). Nothing else imports @tauri-apps.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Change, Endpoints, Enrolment, ExportQuery, Staff } from './generated/api';

/** What has a command of its own: their answers are secrets, or go past the page. */
type Kept =
  | 'sign_in'
  | 'sign_out'
  | 'enrol'
  | 'reveal_password'
  | 'keep_credentials'
  | 'drop_credentials'
  | 'impersonate'
  | 'open_panel'
  | 'export';

/** The endpoints that a page may ask. */
export type Callable = Exclude<keyof Endpoints, Kept>;
export type Answer<E extends keyof Endpoints> = Endpoints[E]['answer'];

type Given<Name extends string, T> = [T] extends [null] ? { [key in Name]?: null } : { [key in Name]: T };
/** What an endpoint wants: only what it has. */
export type Ask<E extends keyof Endpoints> = Given<'id', Endpoints[E]['id']> &
  Given<'body', Endpoints[E]['body']> & { query?: Endpoints[E]['query'] };

export type TroubleKind =
  'refused' | 'unreachable' | 'unreadable' | 'certificate' | 'version' | 'locked' | 'signed_out';

/** Why something did not happen. */
export interface Trouble {
  kind: TroubleKind;
  status?: number | null;
  code?: string | null;
  /** For the person: one sentence. */
  message: string;
  fields?: { [field: string]: string } | null;
  request_id?: string | null;
  /** In seconds. */
  retry_after?: number | null;
}

export interface Profile {
  id: string;
  name: string;
  url: string;
  email: string | null;
}

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  zoom: number;
  lock_minutes: number;
  clipboard_seconds: number;
  notifications: boolean;
  sidebar: 'open' | 'narrow';
}

export interface State {
  profiles: Profile[];
  active: string | null;
  signed_in: Staff | null;
  locked: boolean;
  /** Whether the token survives the window's end. */
  keyring: 'ok' | 'none' | 'locked';
  company: string | null;
  portal_version: string | null;
  app_version: string;
  settings: Settings;
}

/** A login in this computer's keyring, without what is secret. */
export interface KeptLogin {
  service: number;
  domain: string;
  username: string | null;
  panel_url: string | null;
  until: string;
}

export interface LastAnswer<T> {
  answer: T;
  at: string;
}

/** What the Rust side tells by itself. */
export interface Events {
  changes: { items: Change[]; attention: number };
  locked: null;
  signed_out: null;
  open: { noun: string; id: string };
}

/** Whatever was thrown, as a Trouble. */
export function trouble(thrown: unknown): Trouble {
  if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown && 'message' in thrown)
    return thrown as Trouble;
  return { kind: 'unreadable', message: 'The program did not understand what came back. Try again.' };
}

async function command<T>(name: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(name, args);
  } catch (thrown) {
    throw trouble(thrown);
  }
}

const asked = (ask: { id?: unknown; query?: unknown; body?: unknown }) => ({
  id: ask.id ?? null,
  query: ask.query ?? null,
  body: ask.body ?? null,
});

export const api = {
  call: <E extends Callable>(endpoint: E, ask: Ask<E>): Promise<Answer<E>> =>
    command('call', { endpoint, ...asked(ask) }),
  /** The last answer that was read while the portal was there. */
  cached: <E extends Callable>(endpoint: E, ask: Ask<E>): Promise<LastAnswer<Answer<E>> | null> => {
    const { id, query } = asked(ask);
    return command('cached', { endpoint, id, query });
  },
  state: (): Promise<State> => command('state'),
  addProfile: (url: string): Promise<Profile> => command('add_profile', { url }),
  removeProfile: (id: string): Promise<void> => command('remove_profile', { id }),
  useProfile: (id: string): Promise<void> => command('use_profile', { id }),
  signIn: (given: {
    profile: string;
    email: string;
    password: string;
    totp: string | null;
    device: string;
  }): Promise<{ user: Staff; recovery_codes: string[] }> => command('sign_in', given),
  enrol: (given: { profile: string; email: string; password: string }): Promise<Enrolment> =>
    command('enrol', given),
  /** `is_revoked`: whether the portal could be told. */
  signOut: (): Promise<{ is_revoked: boolean }> => command('sign_out'),
  lock: (): Promise<void> => command('lock'),
  unlock: (password: string): Promise<void> => command('unlock', { password }),
  /** Copied without being shown; the clipboard clears itself. Until when it is kept, where it came from the keyring. */
  copyPassword: (service: number): Promise<string | null> => command('copy_password', { service }),
  showPassword: (
    service: number,
  ): Promise<{ password: string; hide_after_seconds: number; offline_until: string | null }> =>
    command('show_password', { service }),
  /** For offline use, in the keyring. */
  keepCredentials: (service: number, days: number): Promise<KeptLogin> =>
    command('save_offline_credentials', { service, days }),
  dropCredentials: (service: number): Promise<void> => command('remove_offline_credentials', { service }),
  keptCredentials: (): Promise<KeptLogin[]> => command('offline_credentials'),
  copyText: (text: string): Promise<void> => command('copy_text', { text }),
  impersonate: (user: number, reason: string): Promise<{ expires_at: string }> =>
    command('impersonate', { user, reason }),
  openPanel: (service: number): Promise<void> => command('open_panel', { service }),
  /** All rows, or those that the noun's list shows with these filters. */
  saveExport: (
    noun: Noun,
    query: Partial<ExportQuery> = {},
  ): Promise<{ path: string; rows: number } | null> => command('save_export', { noun, query }),
  setSettings: (settings: Partial<Settings>): Promise<Settings> => command('set_settings', { settings }),
  on: <E extends keyof Events>(event: E, then: (payload: Events[E]) => void) =>
    listen<Events[E]>(event, ({ payload }) => then(payload)),
};

/** What can be saved as CSV. */
export type Noun = 'users' | 'orders' | 'services' | 'payments' | 'audit';
