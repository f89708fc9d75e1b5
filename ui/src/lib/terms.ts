// For how long is sold, and what that takes off: the portal's table, to show beforehand what it will count itself.
export const terms: { months: number; off: number }[] = [
  { months: 1, off: 0 }, { months: 3, off: 10 }, { months: 6, off: 15 }, { months: 12, off: 20 }, { months: 24, off: 20 }, { months: 36, off: 20 },
];
export const priced = (monthly: number, { months, off }: { months: number; off: number }) => Math.round((monthly * months * (100 - off)) / 100);
