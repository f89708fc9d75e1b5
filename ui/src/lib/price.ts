// The price of several months, computed as the portal does: the discount is rounded down to whole shillings.
import type { Term } from './types';

export const priceOf = (monthly: number, { months, discount_percent }: Term) => {
  const full = monthly * months;
  return full - Math.floor((full * discount_percent) / 100);
};
