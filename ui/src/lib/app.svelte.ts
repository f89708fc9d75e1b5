// The state of the whole window: the session, the connection to the portal, and the last message.
import { api, appError } from './api';
import { clock } from './clock.svelte';
import type { AppError, AppSnapshot, Settings } from './generated/commands';
import { at, route, type Section } from './route.svelte';
import type { Answer, Endpoint, Role } from './types';

const defaults: Settings = {
  theme: 'system',
  zoom: 1,
  lock_minutes: 10,
  clipboard_seconds: 30,
  notifications: true,
  sidebar: 'open',
};

const sections: { [noun: string]: Section } = {
  order: 'orders',
  service: 'services',
  user: 'users',
  attention: 'attention',
  plan: 'plans',
};

/** A record as an action returned it: what the endpoint would answer for this id now. */
export type Update = {
  [E in Endpoint]: { endpoint: E; id: string | number; data: Answer<E> };
}[Endpoint];

/** What changed. */
export interface ChangeSet {
  /** The nouns that changed; null means that everything may have changed. */
  nouns: ReadonlySet<string> | null;
  update?: Update;
}

class App {
  state = $state.raw<AppSnapshot | null>(null);
  /** Why the app could not start. */
  startError = $state.raw<AppError | null>(null);
  /** The session expired while a page was open: the user signs in again over it. */
  isSessionExpired = $state(false);
  /** Since when the portal does not answer. */
  offlineSince = $state.raw<Date | null>(null);
  /** When the portal last answered. */
  answeredAt = $state.raw<Date | null>(null);
  /** How long the last answer took. */
  milliseconds = $state(0);
  /** The number of open attention items. */
  attention = $state(0);
  isDark = $state(false);
  /** The result of the last action; the status bar shows it for some seconds. */
  announcement = $state.raw<{ text: string; isBad: boolean } | null>(null);
  /** The error of the last action without a form; a banner shows it until the user closes it. */
  failure = $state.raw<AppError | null>(null);
  #announcementTimer: ReturnType<typeof setTimeout> | undefined;
  #listening: Promise<void> | undefined;
  #listeners = new Set<(change: ChangeSet) => void>();

  get settings(): Settings {
    return this.state?.settings ?? defaults;
  }
  get user() {
    return this.state?.signed_in ?? null;
  }
  get role(): Role {
    return this.user?.role ?? 'support';
  }
  get isAdmin() {
    return this.role === 'admin';
  }
  get profile() {
    return this.state?.profiles.find(({ id }) => id === this.state?.active) ?? null;
  }
  /** Locked, or the session expired: another screen covers the page. */
  get isCovered() {
    return Boolean(this.state?.locked) || this.isSessionExpired;
  }
  get isOffline() {
    return this.offlineSince !== null;
  }

  async start() {
    try {
      // Before the first command: the app sends pending events once the page has asked for its state.
      await (this.#listening ??= this.#listen());
      await this.refresh();
    } catch (thrown) {
      this.startError = appError(thrown);
    }
  }

  async #listen() {
    await Promise.all([
      api.on('changes', ({ items, attention }) => {
        this.attention = attention;
        // After an outage, changes may have been missed.
        this.#emit({ nouns: this.isOffline ? null : new Set(items.map(({ noun }) => noun)) });
      }),
      api.on('locked', () => this.setLocked()),
      api.on('signed_out', () => this.expireSession()),
      api.on('open', ({ noun, id }) => {
        const section = sections[noun];
        if (section) route.go(at(section, id));
      }),
    ]);
  }

  async refresh() {
    this.state = await api.state();
    this.startError = null;
    this.applyTheme();
  }

  /** Applies theme and zoom. */
  applyTheme() {
    const { theme, zoom } = this.settings;
    this.isDark =
      theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = this.isDark ? 'dark' : 'light';
    document.documentElement.style.setProperty('zoom', String(zoom));
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Without storage, the next start uses the system's theme.
    }
  }

  async updateSettings(settings: Partial<Settings>) {
    if (!this.state) return;
    this.state = { ...this.state, settings: { ...this.state.settings, ...settings } };
    this.applyTheme();
    try {
      await api.setSettings(settings);
    } catch (thrown) {
      this.showError(appError(thrown));
    }
  }

  /** Zooms in or out by one step; 0 resets the zoom. */
  zoom(step: -1 | 0 | 1) {
    const zoom =
      step === 0 ? 1 : Math.min(1.5, Math.max(0.8, Math.round((this.settings.zoom + step * 0.1) * 10) / 10));
    void this.updateSettings({ zoom });
    this.announce(`Zoom ${Math.round(zoom * 100)} %`);
  }

  async lock() {
    await api.lock().catch((thrown) => this.showError(appError(thrown)));
    this.setLocked();
  }

  /** The app refuses all commands until it is unlocked. */
  setLocked() {
    if (this.state && !this.state.locked) this.state = { ...this.state, locked: true };
  }

  /** The portal rejected the token. */
  expireSession() {
    if (this.user) this.isSessionExpired = true;
  }

  async signOut() {
    try {
      const { is_revoked } = await api.signOut();
      if (!is_revoked) {
        this.announce('Signed out here. The portal was not reached: the session expires there later', true);
      }
    } catch (thrown) {
      this.showError(appError(thrown));
      return;
    }
    this.isSessionExpired = false;
    await this.refresh();
    route.go('#/dashboard');
  }

  /** The portal answered. */
  markOnline(milliseconds: number) {
    this.answeredAt = clock.second;
    this.milliseconds = Math.round(milliseconds);
    if (!this.offlineSince) return;
    this.offlineSince = null;
    this.#emit({ nouns: null });
  }

  /** The portal did not answer. */
  markOffline() {
    this.offlineSince ??= clock.second;
  }

  /** Calls the listener after each change. Returns a function that removes it. */
  onChange(listener: (change: ChangeSet) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #emit(change: ChangeSet) {
    for (const listener of this.#listeners) listener(change);
  }

  /** Reloads what depends on these nouns. */
  invalidate(...nouns: string[]) {
    this.#emit({ nouns: new Set(nouns) });
  }

  /** Shows a record as an action returned it, and reloads the rest that depends on these nouns. */
  publish(update: Update, ...nouns: string[]) {
    this.#emit({ nouns: new Set(nouns), update });
  }

  /** Reloads everything on the screen. */
  refetchAll() {
    this.#emit({ nouns: null });
  }

  announce(text: string, isBad = false) {
    clearTimeout(this.#announcementTimer);
    this.announcement = { text, isBad };
    this.#announcementTimer = setTimeout(() => {
      this.announcement = null;
    }, 6000);
  }

  showError(error: AppError) {
    if (error.kind === 'locked' || error.kind === 'signed_out') return;
    this.failure = error;
  }
}

export const app = new App();
