// Passwords on the screen and in the clipboard, and when they expire. The app clears the clipboard.
import { api } from './api';
import { app } from './app.svelte';
import { clock } from './clock.svelte';
import { date } from './format';
import { offlineCredentials } from './offlineCredentials.svelte';
import { attempt, withReauth } from './query.svelte';

interface Copied {
  service: number;
  /** In milliseconds. */
  until: number;
  /** The whole time in seconds. */
  total: number;
}
interface Shown extends Copied {
  password: string;
}

class Secrets {
  copied = $state.raw<Copied | null>(null);
  shown = $state.raw<Shown | null>(null);

  /** The seconds that are left, and their fraction of the whole time. */
  left(entry: Copied | null, service: number): { seconds: number; fraction: number } | null {
    if (!entry || entry.service !== service) return null;
    const seconds = Math.ceil((entry.until - clock.second.getTime()) / 1000);
    return seconds > 0 ? { seconds, fraction: seconds / entry.total } : null;
  }

  copy = (service: number) =>
    attempt(async () => {
      const offline = Boolean(offlineCredentials.of(service));
      const savedUntil = await withReauth(() => api.copyPassword(service), { offline });
      const total = app.settings.clipboard_seconds;
      this.copied = { service, total, until: clock.second.getTime() + total * 1000 };
      const what = savedUntil
        ? `Saved password copied (stored on this computer until ${date(savedUntil)})`
        : 'Password copied';
      app.announce(`${what}; the clipboard is cleared after ${total} s`);
      if (savedUntil) app.markOffline();
    });

  show = (service: number) =>
    attempt(async () => {
      const offline = Boolean(offlineCredentials.of(service));
      const shown = await withReauth(() => api.showPassword(service), { offline });
      if (shown.offline_until) {
        app.announce(`This is the password saved on this computer until ${date(shown.offline_until)}`);
        app.markOffline();
      }
      const total = shown.hide_after_seconds;
      this.shown = { service, password: shown.password, total, until: clock.second.getTime() + total * 1000 };
      setTimeout(() => {
        if (this.shown?.service === service) this.hide();
      }, total * 1000);
    });

  hide = () => {
    this.shown = null;
  };

  copyText = (text: string, what: string) => attempt(() => api.copyText(text), `${what} copied`);
}

export const secrets = new Secrets();
