// Credentials that are saved in this computer's keyring for offline use. The passwords stay in the app.
import { api, appError } from './api';
import { app } from './app.svelte';
import { clock } from './clock.svelte';
import type { OfflineCredential } from './generated/commands';
import { confirm } from './dialogs.svelte';
import { date, many, when } from './format';
import { attempt, withReauth } from './query.svelte';

const day = 86_400_000;
/** The offered periods in days; the portal accepts up to 30. */
const periods = [1, 7, 30];

class OfflineCredentials {
  #items = $state.raw<OfflineCredential[]>([]);

  /** Those that have not expired. */
  items = $derived(this.#items.filter(({ until }) => new Date(until) > clock.now));

  of = (service: number): OfflineCredential | undefined =>
    this.items.find((item) => item.service === service);

  async load() {
    try {
      this.#items = await api.offlineCredentials();
    } catch (thrown) {
      this.#items = [];
      app.showError(appError(thrown));
    }
  }

  /** Saves the credentials of a service after a confirmation: the portal cannot take them back. */
  save(service: { id: number; domain: string }) {
    const label = (days: number) => {
      const end = new Date(clock.now.getTime() + days * day).toISOString();
      return `${many(days, 'day')}, until ${when(end, clock.now)}`;
    };
    confirm({
      title: `Save the credentials of ${service.domain} on this computer?`,
      text: 'While the portal cannot be reached, username and password come from here.',
      consequences: [
        {
          icon: 'key-round',
          text: 'They are saved only in this computer’s keyring and can be read where it is unlocked.',
        },
        {
          icon: 'log-out',
          text: 'They are removed on the day you choose, or earlier when you sign out or your session ends.',
        },
        {
          icon: 'scroll-text',
          text: 'This is recorded under your name, with the date, and the customer can see it.',
        },
      ],
      options: {
        label: 'Save for',
        choices: periods.map((days) => ({ value: String(days), label: label(days) })),
        value: '7',
      },
      confirmLabel: 'Save on this computer',
      cancelLabel: 'Cancel',
      run: async ({ option }) => {
        const { until } = await withReauth(() => api.saveOfflineCredentials(service.id, Number(option)));
        await this.load();
        app.announce(`The credentials of ${service.domain} are saved on this computer until ${date(until)}`);
      },
    });
  }

  /** Removes them from this computer at once; the app informs the portal when it can be reached. */
  remove = ({ service, domain }: OfflineCredential) =>
    attempt(async () => {
      await api.removeOfflineCredentials(service);
      await this.load();
    }, `The credentials of ${domain} are removed from this computer`);

  removeAll() {
    const all = this.items;
    confirm({
      title:
        all.length === 1 ? 'Remove the saved credential?' : `Remove ${many(all.length, 'saved credential')}?`,
      text: 'While the portal cannot be reached, they are then not available.',
      confirmLabel: 'Remove all',
      cancelLabel: 'Keep',
      isDanger: true,
      run: async () => {
        try {
          for (const { service } of all) await api.removeOfflineCredentials(service);
        } finally {
          await this.load();
        }
        app.announce('No credentials are saved on this computer any more');
      },
    });
  }
}

export const offlineCredentials = new OfflineCredentials();
