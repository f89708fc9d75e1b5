// What the whole window knows: who is signed in where, whether the portal answers, what just happened.
import { api, trouble, type Settings, type State, type Trouble } from './api';
import { clock } from './clock.svelte';
import { at, route, type Room } from './route.svelte';
import type { Role } from './generated/api';

const nothing: Settings = {
  theme: 'system',
  zoom: 1,
  lock_minutes: 10,
  clipboard_seconds: 30,
  notifications: true,
  sidebar: 'open',
};

class App {
  state = $state.raw<State | null>(null);
  /** Why the window could not even start. */
  trouble = $state.raw<Trouble | null>(null);
  /** The token ended while somebody was at work: they sign in over what they have open. */
  isOver = $state(false);
  /** Since when nothing answers. */
  offlineSince = $state.raw<Date | null>(null);
  /** When the portal answered last, and how long that took. */
  answeredAt = $state.raw<Date | null>(null);
  milliseconds = $state(0);
  attention = $state(0);
  isDark = $state(false);
  /** What was just done; the key line says it for a while. */
  said = $state.raw<{ text: string; isBad: boolean } | null>(null);
  /** What could not be done, over the sheet until somebody has read it. */
  failed = $state.raw<Trouble | null>(null);
  #saidTimer: ReturnType<typeof setTimeout> | undefined;
  #listening: Promise<void> | undefined;
  #listeners = new Set<(nouns: Set<string>) => void>();

  get settings(): Settings {
    return this.state?.settings ?? nothing;
  }
  get me() {
    return this.state?.signed_in ?? null;
  }
  get role(): Role {
    return this.me?.role ?? 'support';
  }
  get isAdmin() {
    return this.role === 'admin';
  }
  get profile() {
    return this.state?.profiles.find(({ id }) => id === this.state?.active) ?? null;
  }
  /** Locked, or signed out while at work: the page waits under another. */
  get isCovered() {
    return Boolean(this.state?.locked) || this.isOver;
  }
  get isOffline() {
    return this.offlineSince !== null;
  }

  async start() {
    try {
      // Before the first question: what Rust has waiting, it tells once the page has asked where it is.
      await (this.#listening ??= this.#listen());
      await this.refresh();
    } catch (thrown) {
      this.trouble = trouble(thrown);
    }
  }

  async #listen() {
    await Promise.all([
      api.on('changes', ({ items, attention }) => {
        this.attention = attention;
        // The portal answers again: whatever was missed meanwhile is asked again.
        this.#tell(this.isOffline ? null : new Set(items.map(({ noun }) => noun)));
      }),
      api.on('locked', () => this.locked()),
      api.on('signed_out', () => this.end()),
      api.on('open', ({ noun, id }) => {
        const room = (
          { order: 'orders', service: 'services', user: 'users', attention: 'attention', plan: 'plans' } as {
            [noun: string]: Room;
          }
        )[noun];
        if (room) route.go(at(room, id));
      }),
    ]);
  }

  async refresh() {
    this.state = await api.state();
    this.trouble = null;
    this.paint();
  }

  /** Theme and zoom, as they are set. */
  paint() {
    const { theme, zoom } = this.settings;
    this.isDark =
      theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = this.isDark ? 'dark' : 'light';
    document.documentElement.style.setProperty('zoom', String(zoom));
    try {
      localStorage.setItem('theme', theme);
    } catch {
      /* Then the next start takes the system's. */
    }
  }

  async set(settings: Partial<Settings>) {
    if (!this.state) return;
    this.state = { ...this.state, settings: { ...this.state.settings, ...settings } };
    this.paint();
    try {
      await api.setSettings(settings);
    } catch (thrown) {
      this.fail(trouble(thrown));
    }
  }

  zoom(step: -1 | 0 | 1) {
    const zoom =
      step === 0 ? 1 : Math.min(1.5, Math.max(0.8, Math.round((this.settings.zoom + step * 0.1) * 10) / 10));
    void this.set({ zoom });
    this.say(`Zoom ${Math.round(zoom * 100)} %`);
  }

  async lock() {
    await api.lock().catch((thrown) => this.fail(trouble(thrown)));
    this.locked();
  }

  /** The Rust side answers nothing until somebody unlocks it. */
  locked() {
    if (this.state && !this.state.locked) this.state = { ...this.state, locked: true };
  }

  /** The portal does not know this device any more. */
  end() {
    if (this.me) this.isOver = true;
  }

  async signOut() {
    try {
      const { is_revoked } = await api.signOut();
      if (!is_revoked)
        this.say('Signed out here. The portal could not be told: there it ends by itself, later', true);
    } catch (thrown) {
      this.fail(trouble(thrown));
      return;
    }
    this.isOver = false;
    await this.refresh();
    route.go('#/dashboard');
  }

  /** It answered. */
  heard(milliseconds: number) {
    this.answeredAt = clock.second;
    this.milliseconds = Math.round(milliseconds);
    if (!this.offlineSince) return;
    this.offlineSince = null;
    this.#tell(null);
  }

  /** It did not. */
  missed() {
    this.offlineSince ??= clock.second;
  }

  /** `then` is called with the nouns that changed; with null, everything may have. */
  onChange(then: (nouns: Set<string>) => void): () => void {
    this.#listeners.add(then);
    return () => this.#listeners.delete(then);
  }

  #tell(nouns: Set<string> | null) {
    for (const then of this.#listeners) then(nouns ?? new Set(['everything']));
  }

  /** These were changed here: what shows them asks again. */
  touch(...nouns: string[]) {
    this.#tell(new Set(nouns));
  }

  /** Asks everything on the screen again. */
  again() {
    this.#tell(null);
  }

  say(text: string, isBad = false) {
    clearTimeout(this.#saidTimer);
    this.said = { text, isBad };
    this.#saidTimer = setTimeout(() => {
      this.said = null;
    }, 6000);
  }

  fail(why: Trouble) {
    if (why.kind === 'locked' || why.kind === 'signed_out') return;
    this.failed = why;
  }
}

export const app = new App();
