// Passwords on the screen and in the clipboard: when which ends. The clipboard itself is cleared by the Rust side.
import { api } from './api';
import { app } from './app.svelte';
import { attempt, fresh } from './ask.svelte';
import { clock } from './clock.svelte';
import { date } from './format';
import { kept } from './kept.svelte';

interface Copied {
  service: number;
  until: number;
  of: number;
}
interface Shown extends Copied {
  password: string;
}

class Secrets {
  copied = $state.raw<Copied | null>(null);
  shown = $state.raw<Shown | null>(null);

  /** Seconds that are left, and the part of the whole. */
  left(entry: Copied | null, service: number): { seconds: number; part: number } | null {
    if (!entry || entry.service !== service) return null;
    const seconds = Math.ceil((entry.until - clock.second.getTime()) / 1000);
    return seconds > 0 ? { seconds, part: seconds / entry.of } : null;
  }

  copy = (service: number) =>
    attempt(async () => {
      const keptUntil = await fresh(() => api.copyPassword(service), Boolean(kept.of(service)));
      const of = app.settings.clipboard_seconds;
      this.copied = { service, of, until: clock.second.getTime() + of * 1000 };
      const what = keptUntil
        ? `Kept password copied (this computer has it until ${date(keptUntil)})`
        : 'Password copied';
      app.say(`${what}; the clipboard clears itself after ${of} s`);
      if (keptUntil) app.missed();
    });

  show = (service: number) =>
    attempt(async () => {
      const {
        password,
        hide_after_seconds: of,
        offline_until,
      } = await fresh(() => api.showPassword(service), Boolean(kept.of(service)));
      if (offline_until) {
        app.say(`This is the password that is kept on this computer until ${date(offline_until)}`);
        app.missed();
      }
      this.shown = { service, password, of, until: clock.second.getTime() + of * 1000 };
      setTimeout(() => {
        if (this.shown?.service === service) this.hide();
      }, of * 1000);
    });

  hide = () => {
    this.shown = null;
  };

  copyText = (text: string, what: string) => attempt(() => api.copyText(text), `${what} copied`);
}

export const secrets = new Secrets();
