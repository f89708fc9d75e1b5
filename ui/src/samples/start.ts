// Stands in for the Rust side. What it plays is in the address: `?state=loading|empty|full|error|offline`,
// `&theme=dark`, `&page=orders/…`, `&gate=signin|code|enrol|locked|none`, `&role=support`, `&over=1` (the token ends at the first act),
// `&kept=1114,1113` (services whose login this computer keeps).
import { emit } from '@tauri-apps/api/event';
import { mockIPC } from '@tauri-apps/api/mocks';
import type { KeptLogin, Profile, Settings, State, Trouble } from '../lib/api';
import { app } from '../lib/app.svelte';
import { clock } from '../lib/clock.svelte';
import { asha, attention, now, services, staff } from './data';
import { Portal, refusal, type Asked } from './portal';

const readers = /^(about|session|list_|show_|dashboard|search|changes|credentials|panel_plans|verify_audit)/;
const busy: Trouble = { ...refusal(503, 'internal', 'The portal could not answer.'), retry_after: 600 };
const away: Trouble = { kind: 'unreachable', message: 'The portal cannot be reached.' };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function start() {
  const wish = new URLSearchParams(location.search);
  const state = wish.get('state') ?? 'full';
  const gate = wish.get('gate');
  const portal = new Portal();
  portal.isEmpty = state === 'empty';
  portal.role = wish.get('role') === 'support' ? 'support' : 'admin';
  clock.pretend(now);
  const page = wish.get('page');
  if (page) {
    history.replaceState(null, '', `#/${page.replace('ASHA', asha.uuid)}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }

  const profiles: Profile[] =
    gate === 'none'
      ? []
      : [
          {
            id: 'production',
            name: 'Hollyn Online',
            url: 'https://portal.hollyn.co.tz',
            email: 'neema@hollyn.co.tz',
          },
          { id: 'sandbox', name: 'Hollyn Online', url: 'http://localhost:8000', email: null },
        ];
  const settings: Settings = {
    theme: (wish.get('theme') as Settings['theme'] | null) ?? 'light',
    zoom: 1,
    lock_minutes: 10,
    clipboard_seconds: 30,
    notifications: true,
    sidebar: 'open',
  };
  let active: string | null = profiles[0]?.id ?? null;
  let isIn = gate === null || gate === 'locked';
  let isLocked = gate === 'locked';
  let isOver = wish.has('over');
  const keep = (service: number, days: number): KeptLogin => {
    const { domain, username, panel_url } = services.find(({ id }) => id === service)!;
    return {
      service,
      domain,
      username,
      panel_url,
      until: new Date(new Date(now).getTime() + days * 86_400_000).toISOString(),
    };
  };
  let kept = (wish.get('kept')?.split(',') ?? []).map((id, n) => keep(Number(id), [7, 30, 1][n % 3]!));
  /** Until when, where the portal is away and it comes from here. */
  const fromHere = (service: number): string | null => {
    if (state !== 'offline') {
      portal.fresh();
      return null;
    }
    const here = kept.find((one) => one.service === service);
    if (!here) throw away;
    return here.until;
  };
  // For tests: what was put into the clipboard, the news that Rust would tell, another theme without a new start.
  const copied: string[] = [];
  const exported: string[] = [];
  Object.assign(globalThis, {
    sample: { copied, exported, emit, theme: (theme: Settings['theme']) => app.set({ theme }) },
  });

  const told = (): State => ({
    profiles,
    active,
    signed_in: isIn ? { ...staff, role: portal.role } : null,
    locked: isLocked,
    keyring: wish.get('keyring') === 'none' ? 'none' : 'ok',
    company: 'Hollyn Online',
    portal_version: '1.0.2',
    app_version: '1.0.2',
    settings: { ...settings },
  });

  const commands: { [name: string]: (given: never) => unknown } = {
    state: told,
    async call(asked: Asked) {
      const isReading = readers.test(asked.endpoint);
      await pause(Number(wish.get('wait') ?? 5));
      if (state === 'loading' && isReading) await new Promise(() => undefined);
      if (state === 'offline') throw away;
      if (state === 'error' && isReading) throw busy;
      if (isOver && !isReading) {
        isOver = false;
        throw { kind: 'signed_out', message: 'You were signed out.' } satisfies Trouble;
      }
      return portal.answer(asked);
    },
    cached: (asked: Asked) => ({ answer: portal.answer(asked), at: '2026-11-23T12:38:54+03:00' }),
    add_profile({ url }: { url: string }) {
      if (!/^https:\/\/[^/\s]+\.[^/\s]+/.test(url) && !/^http:\/\/localhost(:\d+)?\/?$/.test(url))
        throw refusal(422, 'invalid', 'This address cannot be used.', {
          url: 'It should look like https://portal.example.co.tz.',
        });
      const made = { id: `p${profiles.length}`, name: new URL(url).hostname, url, email: null };
      profiles.push(made);
      return made;
    },
    remove_profile({ id }: { id: string }) {
      profiles.splice(
        profiles.findIndex((one) => one.id === id),
        1,
      );
      if (active === id) active = profiles[0]?.id ?? null;
    },
    use_profile({ id }: { id: string }) {
      active = id;
    },
    sign_in({ password, totp }: { password: string; totp: string | null }) {
      if (password === 'wrong') throw refusal(401, 'wrong_credentials', 'E-mail or password is wrong.');
      if (gate === 'enrol' && !totp)
        throw refusal(403, 'enrolment_required', 'Your account needs a second factor.');
      if (!totp) throw refusal(401, 'totp_required', 'Enter the code of your authenticator app.');
      if (totp === '000000')
        throw refusal(401, 'totp_wrong', 'This code is not right, or it was used already.');
      isIn = true;
      return {
        user: staff,
        recovery_codes:
          gate === 'enrol'
            ? [
                '7KQ2-M9XF',
                'B4TZ-3D1V',
                'W0PA-HC8N',
                'J6RS-5E2Y',
                'Q9MN-X7LK',
                '2VDA-T4GB',
                'F8CP-Z1WH',
                'N3YE-K6RJ',
              ]
            : [],
      };
    },
    enrol: () => ({
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Hollyn%20Online:neema%40hollyn.co.tz?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Hollyn%20Online',
    }),
    sign_out() {
      isIn = false;
      return { is_revoked: state !== 'offline' };
    },
    lock() {
      isLocked = true;
    },
    unlock({ password }: { password: string }) {
      if (password === 'wrong') throw refusal(401, 'wrong_credentials', 'This is not your password.');
      isLocked = false;
    },
    copy_password({ service }: { service: number }) {
      const until = fromHere(service);
      copied.push(`${until ? 'kept ' : ''}password of ${service}`);
      return until;
    },
    show_password: ({ service }: { service: number }) => ({
      offline_until: fromHere(service),
      password: 't7#Rw9!kQe2$Zm4B',
      hide_after_seconds: 30,
    }),
    save_offline_credentials({ service, days }: { service: number; days: number }) {
      if (wish.get('keyring') === 'none')
        throw {
          kind: 'refused',
          message: 'This computer has no keyring, so no credentials can be saved on it.',
        } satisfies Trouble;
      portal.fresh();
      const made = keep(service, days);
      kept = [...kept.filter((one) => one.service !== service), made];
      return made;
    },
    remove_offline_credentials({ service }: { service: number }) {
      kept = kept.filter((one) => one.service !== service);
    },
    offline_credentials: () => kept,
    copy_text({ text }: { text: string }) {
      copied.push(text);
    },
    impersonate() {
      portal.fresh();
      return { expires_at: '2026-11-23T12:43:08+03:00' };
    },
    open_panel() {},
    save_export({ noun, query }: { noun: string; query: { [name: string]: unknown } }) {
      const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
      exported.push([noun, ...given.map(([name, value]) => `${name}=${String(value)}`)].join(' '));
      return {
        path: `/home/neema/${noun}.csv`,
        rows: typeof query.ids === 'string' ? query.ids.split(',').length : 3918,
      };
    },
    set_settings: ({ settings: changed }: { settings: Partial<Settings> }) =>
      Object.assign(settings, changed),
  };

  mockIPC(
    async (name, given) => {
      const command = commands[name];
      if (!command) throw new Error(`there is no command ${name}`);
      return command(given as never);
    },
    { shouldMockEvents: true },
  );

  const open = portal.isEmpty ? 0 : attention.filter(({ resolved_at }) => !resolved_at).length;
  setTimeout(() => void emit('changes', { items: [], attention: open }), 50);
}
