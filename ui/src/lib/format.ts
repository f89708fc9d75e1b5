// Formats dates in East Africa Time and amounts in whole shillings.
const zone = 'Africa/Dar_es_Salaam';
const part = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
const clockTime = part({ hour: '2-digit', minute: '2-digit' });
const clockSeconds = part({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortDay = part({ day: 'numeric', month: 'short', year: 'numeric' });
const dayMonth = part({ day: 'numeric', month: 'short' });
const longDay = part({ weekday: 'long', day: 'numeric', month: 'long' });
const weekday = part({ weekday: 'short' });
// The Swedish locale formats as 2026-11-26 in every engine; WebKit's Canadian one does not.
const dayKey = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const number = (value: number) => whole.format(value);
export const money = (tzs: number) => `TSh ${whole.format(tzs)}`;
/** `28.8 M`, for narrow columns. */
export function shortMoney(tzs: number): string {
  if (tzs >= 1e6) return `${(tzs / 1e6).toFixed(1).replace(/\.0$/, '')} M`;
  if (tzs >= 1e3) return `${Math.round(tzs / 1e3)} k`;
  return String(tzs);
}
/** The total of a list, with `+` if there are more than were counted. */
export const total = (of: { total: number; is_total_exact: boolean }) =>
  `${number(of.total)}${of.is_total_exact ? '' : '+'}`;

export const time = (at: string) => clockTime.format(new Date(at));
export const seconds = (at: string) => clockSeconds.format(new Date(at));
export const date = (at: string) => shortDay.format(new Date(at));
export const dateTime = (at: string) => `${date(at)}, ${time(at)}`;
export const longDate = (at: string | Date) => longDay.format(new Date(at)).replace(',', '');
/** `2026-11-23`, the day in East Africa Time. */
export const dayOf = (at: string | Date) => dayKey.format(new Date(at));
/** Midday of a day like `2026-11-23`, the same day in all nearby time zones. */
export const middayOf = (day: string) => new Date(`${day}T12:00:00+03:00`);

/** The time for today, the weekday for the last days, else the date. */
export function when(at: string, now: Date): string {
  if (dayOf(at) === dayOf(now)) return time(at);
  const age = now.getTime() - new Date(at).getTime();
  if (age > 0 && age < 6 * 86_400_000) return `${weekday.format(new Date(at))} ${time(at)}`;
  return dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4) ? dayMonth.format(new Date(at)) : date(at);
}

/** `6 min`, `2 h`, `Sun`, `2 Oct`. */
export function ago(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h`;
  if (minutes < 6 * 24 * 60) return weekday.format(new Date(at));
  return dayMonth.format(new Date(at));
}

/** `240 ms`, `1.1 s`, `1 min 39 s`, `2 h 5 min`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const all = Math.round(ms / 1000);
  if (all < 60) return `${all} s`;
  if (all < 3600) return all % 60 ? `${Math.floor(all / 60)} min ${all % 60} s` : `${all / 60} min`;
  if (all < 86_400) return `${Math.floor(all / 3600)} h ${Math.floor((all % 3600) / 60)} min`;
  return `${Math.floor(all / 86_400)} d`;
}

/** `0744 963 858`, from any stored format. */
export function phone(number: string): string {
  const local = number.replace(/^\+?255/, '0').replace(/\D/g, '');
  return local.length === 10 ? `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}` : number;
}

export const months = (count: number) => (count === 1 ? '1 month' : `${count} months`);
export const many = (count: number, one: string, more = `${one}s`) =>
  `${number(count)} ${count === 1 ? one : more}`;
/** The name of a plan without the company's name. */
export const shortPlan = (name: string) => name.replace(/^Hollyn /, '');
export const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
export const host = (url: string) => url.replace(/^https?:\/\//, '').replace(/\/$/, '');
/** `service.password_revealed` as words. */
export const words = (name: string) => {
  const said = name.replace(/[._-]+/g, ' ');
  return said.charAt(0).toUpperCase() + said.slice(1);
};

/**
 * The name of an actor: the person, or `Portal` for `worker`, `ZenoPay` for `gateway`, `Staff 2`, `Customer
 * 7`.
 */
export function actor(name: string, person?: { name: string } | null): string {
  if (person) return person.name;
  const [kind, id] = name.split(':');
  if (kind === 'staff') return `Staff ${id}`;
  if (kind === 'user') return id ? `Customer ${id}` : 'Customer';
  if (kind === 'gateway') return 'ZenoPay';
  if (kind === 'worker') return 'Portal';
  return words(name);
}

const operators: { [name: string]: string } = {
  'M-PESA': 'M-PESA',
  'MIXX BY YAS': 'Mixx by Yas',
  'TIGO-PESA': 'Tigo Pesa',
  'AIRTEL-MONEY': 'Airtel Money',
  HALOPESA: 'HaloPesa',
  'T-PESA': 'T-Pesa',
};
export const operator = (name: string) =>
  operators[name.toUpperCase()] ?? (name === 'unknown' ? 'Unknown network' : name);
