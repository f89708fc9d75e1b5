// The desktop app's commands and events: what they take and answer.
import type { Change, Enrolment, ErrorCode, ExportQuery, Staff } from './types';

export type ErrorKind =
  'refused' | 'unreachable' | 'unreadable' | 'certificate' | 'version' | 'locked' | 'signed_out';

/** Why a command failed. */
export interface AppError {
  kind: ErrorKind;
  /** The HTTP status of the portal's answer. */
  status?: number | null;
  /** The portal's error code. */
  code?: ErrorCode | null;
  /** One sentence for the user: what happened and what to do. */
  message: string;
  /** The message of each invalid field. */
  fields?: { [field: string]: string } | null;
  /** Identifies the request in the portal's log. */
  request_id?: string | null;
  /** Seconds until the request may be repeated. */
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

/** What the page needs at its start. */
export interface AppSnapshot {
  profiles: Profile[];
  active: string | null;
  signed_in: Staff | null;
  locked: boolean;
  /** Whether the token outlives the app. */
  keyring: 'ok' | 'none' | 'locked';
  company: string | null;
  portal_version: string | null;
  app_version: string;
  settings: Settings;
}

/** A credential in this computer's keyring, without its password. */
export interface OfflineCredential {
  service: number;
  domain: string;
  username: string | null;
  panel_url: string | null;
  until: string;
}

export type ExportNoun = 'users' | 'orders' | 'services' | 'payments' | 'audit';

export interface Commands {
  call: { args: { endpoint: string; id?: unknown; query?: unknown; body?: unknown }; answer: unknown };
  cached: {
    args: { endpoint: string; id?: unknown; query?: unknown };
    answer: { answer: unknown; at: string } | null;
  };
  state: { args: null; answer: AppSnapshot };
  add_profile: { args: { url: string }; answer: Profile };
  remove_profile: { args: { id: string }; answer: null };
  use_profile: { args: { id: string }; answer: null };
  sign_in: {
    args: { profile: string; email: string; password: string; totp?: string | null; device: string };
    answer: { user: Staff; recovery_codes: string[] };
  };
  enrol: { args: { profile: string; email: string; password: string }; answer: Enrolment };
  sign_out: { args: null; answer: { is_revoked: boolean } };
  lock: { args: null; answer: null };
  unlock: { args: { password: string }; answer: null };
  copy_password: { args: { service: number }; answer: string | null };
  show_password: {
    args: { service: number };
    answer: { password: string; hide_after_seconds: number; kept_until: string | null };
  };
  keep_credentials: { args: { service: number; days: number }; answer: OfflineCredential };
  drop_credentials: { args: { service: number }; answer: null };
  kept_credentials: { args: null; answer: OfflineCredential[] };
  copy_text: { args: { text: string }; answer: null };
  impersonate: { args: { user: number; reason: string }; answer: { expires_at: string } };
  open_panel: { args: { service: number }; answer: null };
  save_export: {
    args: { noun: ExportNoun; query?: ExportQuery | null };
    answer: { path: string; rows: number } | null;
  };
  set_settings: { args: { settings: Partial<Settings> }; answer: Settings };
}

export interface Events {
  changes: { items: Change[]; attention: number };
  locked: null;
  signed_out: null;
  open: { noun: string; id: string };
}

/** Endpoints of the API that the command `call` refuses: they have commands of their own. */
export type ExcludedEndpoint =
  | 'sign_in'
  | 'sign_out'
  | 'enrol'
  | 'reveal_password'
  | 'keep_credentials'
  | 'drop_credentials'
  | 'impersonate'
  | 'open_panel'
  | 'export';
