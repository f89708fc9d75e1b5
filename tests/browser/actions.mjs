// Actions of a customer on the pages, and on the phone of the sandbox, by what is visible.
import { until } from './until.mjs';
import { money, plain, word } from './messages.mjs';

let customers = 0;

/** A new customer. The prefix of the number is M-PESA's. */
export function newCustomer(more = {}) {
  customers += 1;
  const n = String(customers).padStart(4, '0');
  return {
    name: 'Neema Mushi',
    email: `neema.${n}.${process.pid}@example.co.tz`,
    phone: `0754 31${n.slice(0, 1)} ${n.slice(1)}`,
    domain: `duka${n}-${process.pid}.co.tz`,
    password: 'kahawa tamu ya Kibo',
    ...more,
  };
}

export const boost = { name: 'Hollyn Boost', slug: 'hollyn-boost', price: 25_000, months: 3, total: 67_500 };

export function heading(page, text) {
  return page.getByRole('heading', { level: 1, name: text });
}

/** The accessible name of a button: without hidden parts. */
export function button(page, text) {
  return page.getByRole('button', { name: text, exact: true });
}

/** Waits until the main heading is one of these; returns which. */
export async function arrives(page, texts, { within = 20_000, reload = false } = {}) {
  return until(
    `the page says one of: ${texts.join(' | ')}`,
    async () => {
      const said = plain(
        await page
          .locator('h1')
          .first()
          .innerText()
          .catch(() => ''),
      );
      const found = texts.find((text) => said === text || said.startsWith(`${text} `));
      if (!found && reload) await page.reload();
      return found;
    },
    { within },
  );
}

export async function switchLanguage(page, lang) {
  const now = await page.locator('html').getAttribute('lang');
  if (now === lang) return;
  await page
    .getByRole('button', { name: word(now, 'language-other') })
    .filter({ visible: true })
    .first()
    .click();
  await page.locator(`html[lang=${lang}]`).waitFor();
}

/** From the plans to the order form, with three months selected. */
export async function choosePlan(page, lang, plan = boost) {
  await page.goto('/plans');
  await page.locator(`label[for=m${plan.months}]`).click();
  await button(page, word(lang, 'plans-choose', { plan: plan.name.replace('Hollyn ', '') })).click();
  await heading(page, word(lang, 'checkout-title', { plan: plan.name })).waitFor();
}

/** Fills in the given fields that the form has. */
export async function fillOrder(page, customer) {
  for (const name of ['domain', 'name', 'email', 'phone', 'password']) {
    const field = page.locator(`input[name=${name}]`);
    if (customer[name] !== undefined && (await field.count()) > 0) await field.fill(customer[name]);
  }
}

export function payButton(page, lang, total = boost.total) {
  return button(page, `${word(lang, 'checkout-pay')} ${money(total)}`);
}

/** Submits the order; returns the path of the payment page. */
export async function order(page, lang, customer, plan = boost) {
  await choosePlan(page, lang, plan);
  await fillOrder(page, customer);
  await payButton(page, lang, plan.total).click();
  await page.waitForURL(/\/pay\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Registers without an order. */
export async function register(page, lang, customer) {
  await page.goto('/register');
  await fillOrder(page, customer);
  await button(page, word(lang, 'register-button')).click();
  await page.waitForURL(/\/dashboard/);
}

/** Signs in; `to` is the expected path afterwards. */
export async function signIn(page, lang, customer, to = /\/dashboard/) {
  await page.goto('/login');
  await page.locator('#email').fill(customer.email);
  await page.locator('#password').fill(customer.password);
  await button(page, word(lang, 'sign-in')).last().click();
  await page.waitForURL(to);
}

/** The sandbox's phone, in its own page. A payment request is found by its phone number. */
export function customerPhone(page, lang = 'en') {
  const waiting = (number) => page.locator('.waiting').filter({ hasText: number });
  const answered = (number) => page.locator('ul.orders > li').filter({ hasText: number });
  return {
    async act(number, what) {
      await page.goto('/sandbox/phone');
      await until(`a request is on ${number}`, async () => {
        if ((await waiting(number).count()) > 0) return true;
        await page.reload();
        return false;
      });
      await button(waiting(number).first(), word(lang, `sim-act-${what}`)).click();
      await waiting(number).first().waitFor({ state: 'detached' });
    },
    /** The number of payment requests that this phone got. */
    async pushes(number) {
      await page.goto('/sandbox/phone');
      return (await waiting(number).count()) + (await answered(number).count());
    },
  };
}
