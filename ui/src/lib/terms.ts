// What a price comes to for so many months, counted as the portal counts it: what is taken off is rounded down.
import type { Term } from './generated/api';

export const priced = (monthly: number, { months, discount_percent }: Term) => {
  const full = monthly * months;
  return full - Math.floor((full * discount_percent) / 100);
};
