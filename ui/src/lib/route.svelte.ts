// Where the window is: `#/orders/1f0c…?status=paid`. The filters are part of the place, so that going back brings
// them back.
export type Room =
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
const rooms: readonly string[] = [
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
  room: Room;
  /** An object's name, or `new`. */
  id: string | null;
  /** `edit`, `credentials`. */
  act: string | null;
  query: { [name: string]: string };
}

function read(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [room = '', id, act] = path.split('/').map(decodeURIComponent);
  return {
    room: (rooms.includes(room) ? room : 'dashboard') as Room,
    id: id || null,
    act: act || null,
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** The address of a place. */
export function at(
  room: Room,
  id?: string | number | null,
  act?: string | null,
  query: { [name: string]: string | number | null | undefined } = {},
): string {
  const path = [room, id, act]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .map((part) => encodeURIComponent(String(part)));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  return `#/${path.join('/')}${search.size ? `?${search}` : ''}`;
}

class Route {
  place = $state.raw(read(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.place = read(location.hash);
    });
  }

  go(hash: string) {
    location.hash = hash;
    // The event comes later; whoever types fast is there already.
    this.place = read(hash);
  }

  /** Changes the filters without a step that going back would stop at. */
  filter(query: { [name: string]: string | number | null }) {
    const { room, id, act, query: before } = this.place;
    history.replaceState(null, '', at(room, id, act, { ...before, ...query }));
    this.place = read(location.hash);
  }
}

export const route = new Route();
