// Passwords on the screen and in the clipboard: when which ends. The clipboard itself is cleared by the Rust side.
import { api } from './api';
import { app } from './app.svelte';
import { attempt, fresh } from './ask.svelte';
import { clock } from './clock.svelte';

interface Copied { service: number; until: number; of: number }
interface Shown extends Copied { password: string }

class Secrets {
  copied = $state.raw<Copied | null>(null);
  shown = $state.raw<Shown | null>(null);

  /** Seconds that are left, and the part of the whole. */
  left(entry: Copied | null, service: number): { seconds: number; part: number } | null {
    if (!entry || entry.service !== service) return null;
    const seconds = Math.ceil((entry.until - clock.second.getTime()) / 1000);
    return seconds > 0 ? { seconds, part: seconds / entry.of } : null;
  }

  copy = (service: number) => attempt(async () => {
    await fresh(() => api.copyPassword(service));
    const of = app.settings.clipboard_seconds;
    this.copied = { service, of, until: clock.second.getTime() + of * 1000 };
  }, `Password copied; the clipboard clears itself after ${app.settings.clipboard_seconds} s`);

  show = (service: number) => attempt(async () => {
    const { password, hide_after_seconds: of } = await fresh(() => api.showPassword(service));
    this.shown = { service, password, of, until: clock.second.getTime() + of * 1000 };
    setTimeout(() => { if (this.shown?.service === service) this.hide(); }, of * 1000);
  });

  hide = () => { this.shown = null; };

  copyText = (text: string, what: string) => attempt(() => api.copyText(text), `${what} copied`);
}

export const secrets = new Secrets();
