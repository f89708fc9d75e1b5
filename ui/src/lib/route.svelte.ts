// The current page as the URL's fragment: `#/orders/1f0c…?status=paid`. Filters are part of it, so that Back
// restores them.
export type Section =
  | 'dashboard'
  | 'attention'
  | 'orders'
  | 'services'
  | 'users'
  | 'plans'
  | 'audit'
  | 'devices'
  | 'account'
  | 'settings';
const sections: readonly string[] = [
  'dashboard',
  'attention',
  'orders',
  'services',
  'users',
  'plans',
  'audit',
  'devices',
  'account',
  'settings',
];

export interface Place {
  section: Section;
  /** The id of a record, or `new`. */
  id: string | null;
  /** `edit`, `credentials`. */
  action: string | null;
  query: { [name: string]: string };
}

function read(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [section = '', id, action] = path.split('/').map(decodeURIComponent);
  return {
    section: (sections.includes(section) ? section : 'dashboard') as Section,
    id: id || null,
    action: action || null,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** The fragment of a page. */
export function at(
  section: Section,
  id?: string | number | null,
  action?: string | null,
  query: { [name: string]: string | number | null | undefined } = {},
): string {
  const path = [section, id, action]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .map((part) => encodeURIComponent(String(part)));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  return `#/${path.join('/')}${search.size ? `?${search}` : ''}`;
}

class Route {
  current = $state.raw(read(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.current = read(location.hash);
    });
  }

  go(hash: string) {
    location.hash = hash;
    // The event comes later, but the next key may belong to the new page.
    this.current = read(hash);
  }

  /** Changes the filters without a new entry in the history. */
  filter(query: { [name: string]: string | number | null }) {
    const { section, id, action, query: current } = this.current;
    history.replaceState(null, '', at(section, id, action, { ...current, ...query }));
    this.current = read(location.hash);
  }
}

export const route = new Route();
