// Logins that are kept in this computer's keyring for offline use: which, and until when. The passwords stay in Rust.
import { api, trouble, type KeptLogin } from './api';
import { app } from './app.svelte';
import { attempt, fresh } from './ask.svelte';
import { clock } from './clock.svelte';
import { ask } from './dialogs.svelte';
import { date, many, when } from './format';

const day = 86_400_000;
/** What is offered; the portal takes up to 30 days. */
const choices = [1, 7, 30];

class Kept {
  #items = $state.raw<KeptLogin[]>([]);

  /** Those that have not ended. */
  items = $derived(this.#items.filter(({ until }) => new Date(until) > clock.now));

  of = (service: number): KeptLogin | undefined => this.items.find((one) => one.service === service);

  async load() {
    try {
      this.#items = await api.keptCredentials();
    } catch (thrown) {
      this.#items = [];
      app.fail(trouble(thrown));
    }
  }

  /** Asks first: it is taken out of the portal's sight. */
  keep(service: { id: number; domain: string }) {
    ask({
      title: `Keep the login of ${service.domain} on this computer?`,
      text: 'While the portal cannot be reached, username and password come from here.',
      consequences: [
        {
          icon: 'key-round',
          text: 'They go into this computer’s keyring, and nowhere else. Whoever opens the keyring can read them.',
        },
        {
          icon: 'log-out',
          text: 'They are gone on the day you choose, and before it when you sign out or your sign-in here ends.',
        },
        {
          icon: 'scroll-text',
          text: 'It is on record under your name, with the day, and the customer sees that it was done.',
        },
      ],
      pick: {
        label: 'Keep it for',
        choices: choices.map((days) => ({
          value: String(days),
          label: `${many(days, 'day')}, to ${when(new Date(clock.now.getTime() + days * day).toISOString(), clock.now)}`,
        })),
        value: '7',
      },
      go: 'Keep it here',
      stay: 'Not now',
      run: async ({ picked }) => {
        const { until } = await fresh(() => api.keepCredentials(service.id, Number(picked)));
        await this.load();
        app.say(`The login of ${service.domain} is kept on this computer until ${date(until)}`);
      },
    });
  }

  /** It is gone from here at once; the portal is told when it can be. */
  drop = ({ service, domain }: KeptLogin) =>
    attempt(async () => {
      await api.dropCredentials(service);
      await this.load();
    }, `The login of ${domain} is not kept on this computer any more`);

  dropAll() {
    const all = this.items;
    ask({
      title: `Remove ${many(all.length, 'kept login')}?`,
      text: 'While the portal cannot be reached, there is then no way to them.',
      go: 'Remove all',
      stay: 'Keep them',
      isDanger: true,
      run: async () => {
        try {
          for (const { service } of all) await api.dropCredentials(service);
        } finally {
          await this.load();
        }
        app.say('No login is kept on this computer any more');
      },
    });
  }
}

export const kept = new Kept();
