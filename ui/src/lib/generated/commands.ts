// Generated from desktop/src by the tests of hollyn-desktop. Do not edit.
import type { Change, Enrolment, ErrorCode, ExportQuery, Staff } from '../types';

/**
 * Why a command failed.
 */
export type AppError = { kind: ErrorKind, 
/**
 * The HTTP status of the portal's answer.
 */
status?: number, 
/**
 * The portal's error code.
 */
code?: ErrorCode, 
/**
 * One sentence for the user: what happened and what to do.
 */
message: string, 
/**
 * The message of each invalid field.
 */
fields?: { [key in string]: string }, 
/**
 * Identifies the request in the portal's log.
 */
request_id?: string, 
/**
 * Seconds until the request may be repeated.
 */
retry_after?: number, };

/**
 * What the page needs at its start.
 */
export type AppSnapshot = { profiles: Array<Profile>, 
/**
 * The id of the active profile.
 */
active: string | null, signed_in: Staff | null, locked: boolean, 
/**
 * Whether the token outlives the app.
 */
keyring: KeyringStatus, company: string | null, portal_version: string | null, app_version: string, settings: Settings, };

/**
 * An answer and when it was received.
 */
export type CachedAnswer = { answer: unknown, at: string, };

/**
 * What changed at the portal since the last event.
 */
export type ChangesEvent = { items: Array<Change>, 
/**
 * The number of open attention items.
 */
attention: number, };

/**
 * The kind of an error.
 */
export type ErrorKind = "refused" | "unreachable" | "unreadable" | "certificate" | "version" | "locked" | "signed_out";

/**
 * The tables that can be exported.
 */
export type ExportNoun = "users" | "orders" | "services" | "payments" | "audit";

/**
 * An impersonation that was opened in the browser.
 */
export type Impersonation = { 
/**
 * When its link expires.
 */
expires_at: string, };

/**
 * Whether secrets outlive the app.
 */
export type KeyringStatus = "ok" | "none" | "locked";

/**
 * The kinds of records that a link can open.
 */
export type LinkNoun = "user" | "order" | "service" | "plan" | "attention";

/**
 * The record that a link opens.
 */
export type LinkTarget = { noun: LinkNoun, id: string, };

/**
 * A saved credential, without its password.
 */
export type OfflineCredential = { 
/**
 * The id of the service.
 */
service: number, domain: string, 
/**
 * None if the service has none or the keyring did not open.
 */
username: string | null, panel_url: string | null, 
/**
 * When it expires.
 */
until: string, };

/**
 * A portal in the app's list.
 */
export type Profile = { id: string, 
/**
 * The company, from the portal.
 */
name: string, 
/**
 * Like `https://hollyn.online`.
 */
url: string, 
/**
 * The e-mail address of the last sign-in.
 */
email: string | null, 
/**
 * The staff member who is signed in.
 */
staff: Staff | null, };

/**
 * An export that was saved.
 */
export type SavedExport = { path: string, 
/**
 * The number of rows without the header.
 */
rows: number, };

/**
 * The user's settings.
 */
export type Settings = { theme: Theme, 
/**
 * The zoom factor, from 0.5 to 2.
 */
zoom: number, 
/**
 * Minutes without input after which the app locks, from 1 to 60.
 */
lock_minutes: number, 
/**
 * Seconds after which a copied password is cleared from the clipboard, from 1 to 120.
 */
clipboard_seconds: number, 
/**
 * Whether the app shows desktop notifications.
 */
notifications: boolean, sidebar: Sidebar, };

/**
 * Changes to the settings. Absent fields keep their values.
 */
export type SettingsEdit = { theme?: Theme, zoom?: number, lock_minutes?: number, clipboard_seconds?: number, notifications?: boolean, sidebar?: Sidebar, };

/**
 * A password that the user asked to see.
 */
export type ShownPassword = { password: string, hide_after_seconds: number, 
/**
 * When it expires, if it is an offline credential.
 */
offline_until: string | null, };

export type Sidebar = "open" | "narrow";

/**
 * The result of signing in, without the token.
 */
export type SignInResult = { user: Staff, 
/**
 * If the sign-in confirmed a new second factor: its recovery codes, which are shown once.
 */
recovery_codes: Array<string>, };

/**
 * The result of signing out.
 */
export type SignOutResult = { 
/**
 * Whether the portal revoked the token. If it was unreachable, the token expires there.
 */
is_revoked: boolean, };

export type Theme = "system" | "light" | "dark";

/** Endpoints of the API that the command `call` refuses: they have commands of their own. */
export type ExcludedEndpoint =
  | 'sign_in'
  | 'sign_out'
  | 'enrol'
  | 'reveal_password'
  | 'save_offline_credentials'
  | 'remove_offline_credentials'
  | 'impersonate'
  | 'open_panel'
  | 'export';

/** The commands: their arguments and answers. A command that fails throws an AppError. */
export interface Commands {
  /** Records an input, which delays the automatic lock. */
  active: { args: null; answer: null };
  /** Adds a portal by its address. */
  add_profile: { args: { url: string }; answer: Profile };
  /** Returns the last answer to a request. */
  cached: { args: { endpoint: string; id?: unknown; query?: unknown }; answer: CachedAnswer | null };
  /** Calls an endpoint of the portal. */
  call: { args: { endpoint: string; id?: unknown; query?: unknown; body?: unknown }; answer: unknown };
  /** Copies a service's password. Returns when it expires, if it is an offline credential. */
  copy_password: { args: { service: number }; answer: string | null };
  /** Copies text that is not secret. */
  copy_text: { args: { text: string }; answer: null };
  /** Starts the setup of a second factor. */
  enrol: { args: { profile: string; email: string; password: string }; answer: Enrolment };
  /** Opens the portal as a customer, in the system's browser. */
  impersonate: { args: { user: number; reason: string }; answer: Impersonation };
  /** Locks the app. */
  lock: { args: null; answer: null };
  /** Lists the credentials in the keyring. */
  offline_credentials: { args: null; answer: Array<OfflineCredential> };
  /** Opens a customer's control panel, in the system's browser. */
  open_panel: { args: { service: number }; answer: null };
  /** Removes a service's credentials from the keyring. */
  remove_offline_credentials: { args: { service: number }; answer: null };
  /** Removes a portal with its token and its offline credentials. */
  remove_profile: { args: { id: string }; answer: null };
  /** Asks the user for a file and saves an export in it. Returns null if the user cancels. */
  save_export: { args: { noun: ExportNoun; query?: Partial<ExportQuery> | null }; answer: SavedExport | null };
  /** Saves a service's credentials in the keyring for some days. */
  save_offline_credentials: { args: { service: number; days: number }; answer: OfflineCredential };
  /** Changes the settings and returns all of them. */
  set_settings: { args: { settings: SettingsEdit }; answer: Settings };
  /** Returns the settings. */
  settings: { args: null; answer: Settings };
  /** Returns a service's password, to show it. */
  show_password: { args: { service: number }; answer: ShownPassword };
  /** Signs in at a portal. */
  sign_in: { args: { profile: string; email: string; password: string; totp?: string | null; device: string }; answer: SignInResult };
  /** Signs out. */
  sign_out: { args: null; answer: SignOutResult };
  /** Returns what the page needs at its start. */
  state: { args: null; answer: AppSnapshot };
  /** Unlocks the app with the user's password. */
  unlock: { args: { password: string }; answer: null };
  /** Switches to a portal and restores its session. */
  use_profile: { args: { id: string }; answer: null };
}

/** The events and their payloads. */
export interface Events {
  /** The portal has new changes, or answers again. */
  changes: ChangesEvent;
  /** The app was locked. */
  locked: null;
  /** The portal rejected the token. */
  signed_out: null;
  /** A link to a record was opened. */
  open: LinkTarget;
}
