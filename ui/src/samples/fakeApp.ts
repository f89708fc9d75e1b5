// A fake of the desktop app's commands. The URL controls it: `?state=loading|empty|full|error|offline`,
// `&theme=dark`, `&page=orders/…`, `&screen=signin|code|enrol|locked|none`, `&role=support`, `&expired=1`
// (the session expires at the first action), `&saved=1114,1113` (services whose credentials are saved for
// offline use).
import { emit } from '@tauri-apps/api/event';
import { mockIPC } from '@tauri-apps/api/mocks';
import type { OfflineCredential, Profile, Settings, AppSnapshot, AppError } from '../lib/generated/commands';
import { app } from '../lib/app.svelte';
import { clock } from '../lib/clock.svelte';
import { asha, attention, now, services, staff } from './data';
import { FakePortal } from './fakePortal';
import { refuse, type FakeRequest } from './handlers/support';

const readers = /^(about|session|list_|show_|dashboard|search|changes|credentials|panel_plans|verify_audit)/;
const serverError: AppError = {
  ...refuse(503, 'internal', 'The portal could not answer.'),
  retry_after: 600,
};
const unreachable: AppError = { kind: 'unreachable', message: 'The portal cannot be reached.' };
const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function start() {
  const params = new URLSearchParams(location.search);
  const state = params.get('state') ?? 'full';
  const screen = params.get('screen');
  const portal = new FakePortal();
  portal.isEmpty = state === 'empty';
  portal.role = params.get('role') === 'support' ? 'support' : 'admin';
  clock.set(now);
  const page = params.get('page');
  if (page) {
    history.replaceState(null, '', `#/${page.replace('ASHA', asha.uuid)}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }

  const profiles: Profile[] =
    screen === 'none'
      ? []
      : [
          {
            id: 'production',
            name: 'Hollyn Online',
            url: 'https://portal.hollyn.co.tz',
            email: 'neema@hollyn.co.tz',
            staff: null,
          },
          { id: 'sandbox', name: 'Hollyn Online', url: 'http://localhost:8000', email: null, staff: null },
        ];
  const settings: Settings = {
    theme: (params.get('theme') as Settings['theme'] | null) ?? 'light',
    zoom: 1,
    lock_minutes: 10,
    clipboard_seconds: 30,
    notifications: true,
    sidebar: 'open',
  };
  let active: string | null = profiles[0]?.id ?? null;
  let isSignedIn = screen === null || screen === 'locked';
  let isLocked = screen === 'locked';
  let isExpired = params.has('expired');
  const credential = (service: number, days: number): OfflineCredential => {
    const { domain, username, panel_url } = services.find(({ id }) => id === service)!;
    return {
      service,
      domain,
      username,
      panel_url,
      until: new Date(new Date(now).getTime() + days * 86_400_000).toISOString(),
    };
  };
  let saved = (params.get('saved')?.split(',') ?? []).map((id, n) =>
    credential(Number(id), [7, 30, 1][n % 3]!),
  );
  /** When an offline credential expires; null if the portal answers. */
  const savedUntil = (service: number): string | null => {
    if (state !== 'offline') {
      portal.requireRecentPassword();
      return null;
    }
    const found = saved.find((one) => one.service === service);
    if (!found) throw unreachable;
    return found.until;
  };
  // For tests: the copied texts, the exports, the events of the app, and the theme.
  const copied: string[] = [];
  const exported: string[] = [];
  Object.assign(globalThis, {
    sample: { copied, exported, emit, theme: (theme: Settings['theme']) => app.updateSettings({ theme }) },
  });

  const snapshot = (): AppSnapshot => ({
    profiles,
    active,
    signed_in: isSignedIn ? { ...staff, role: portal.role } : null,
    locked: isLocked,
    keyring: params.get('keyring') === 'none' ? 'none' : 'ok',
    company: 'Hollyn Online',
    portal_version: '1.0.2',
    app_version: '1.0.2',
    settings: { ...settings },
  });

  const commands: { [name: string]: (given: never) => unknown } = {
    state: snapshot,
    async call(request: FakeRequest) {
      const isReading = readers.test(request.endpoint);
      await delay(Number(params.get('wait') ?? 5));
      if (state === 'loading' && isReading) await new Promise(() => undefined);
      if (state === 'offline') throw unreachable;
      if (state === 'error' && isReading) throw serverError;
      if (isExpired && !isReading) {
        isExpired = false;
        throw { kind: 'signed_out', message: 'You were signed out.' } satisfies AppError;
      }
      return portal.answer(request);
    },
    cached: (request: FakeRequest) => ({ answer: portal.answer(request), at: '2026-11-23T12:38:54+03:00' }),
    add_profile({ url }: { url: string }) {
      if (!/^https:\/\/[^/\s]+\.[^/\s]+/.test(url) && !/^http:\/\/localhost(:\d+)?\/?$/.test(url))
        throw refuse(422, 'invalid', 'This address cannot be used.', {
          url: 'It should look like https://portal.example.co.tz.',
        });
      const created = {
        id: `p${profiles.length}`,
        name: new URL(url).hostname,
        url,
        email: null,
        staff: null,
      };
      profiles.push(created);
      return created;
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
      if (password === 'wrong') throw refuse(401, 'wrong_credentials', 'E-mail or password is wrong.');
      if (screen === 'enrol' && !totp)
        throw refuse(403, 'enrolment_required', 'Your account needs a second factor.');
      if (!totp) throw refuse(401, 'totp_required', 'Enter the code of your authenticator app.');
      if (totp === '000000')
        throw refuse(401, 'totp_wrong', 'This code is not right, or it was used already.');
      isSignedIn = true;
      return {
        user: staff,
        recovery_codes:
          screen === 'enrol'
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
      uri:
        'otpauth://totp/Hollyn%20Online:neema%40hollyn.co.tz' +
        '?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Hollyn%20Online',
    }),
    sign_out() {
      isSignedIn = false;
      return { is_revoked: state !== 'offline' };
    },
    lock() {
      isLocked = true;
    },
    unlock({ password }: { password: string }) {
      if (password === 'wrong') throw refuse(401, 'wrong_credentials', 'This is not your password.');
      isLocked = false;
    },
    copy_password({ service }: { service: number }) {
      const until = savedUntil(service);
      copied.push(`${until ? 'saved ' : ''}password of ${service}`);
      return until;
    },
    show_password: ({ service }: { service: number }) => ({
      offline_until: savedUntil(service),
      password: 't7#Rw9!kQe2$Zm4B',
      hide_after_seconds: 30,
    }),
    save_offline_credentials({ service, days }: { service: number; days: number }) {
      if (params.get('keyring') === 'none')
        throw {
          kind: 'refused',
          message: 'This computer has no keyring, so no credentials can be saved on it.',
        } satisfies AppError;
      portal.requireRecentPassword();
      const created = credential(service, days);
      saved = [...saved.filter((one) => one.service !== service), created];
      return created;
    },
    remove_offline_credentials({ service }: { service: number }) {
      saved = saved.filter((one) => one.service !== service);
    },
    offline_credentials: () => saved,
    copy_text({ text }: { text: string }) {
      copied.push(text);
    },
    impersonate() {
      portal.requireRecentPassword();
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
