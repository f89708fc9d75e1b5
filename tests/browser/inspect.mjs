// Automatic checks of the appearance of a page, and its screenshots.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { shoot } from './screenshots.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const sizes = { 320: 640, 360: 740, 768: 1024, 1440: 900 };

/** Checks the current page: no axe violation at 360 and 1440, no overflow at any width. */
export async function inspect(page, name) {
  const own = page.viewportSize();
  await shoot(page, name, [360, 768, 1440]);
  // Collapsed details are part of the page; of those with the same name only one would stay open.
  const details = page.locator('details');
  const were = await details.evaluateAll((all) =>
    all.map((node) => {
      const was = { open: node.open, name: node.getAttribute('name') };
      node.removeAttribute('name');
      node.open = true;
      return was;
    }),
  );
  const found = [];
  for (const [width, height] of Object.entries(sizes)) {
    await page.setViewportSize({ width: Number(width), height });
    found.push(...(await overflow(page, width)));
    if (width === '360' || width === '1440') found.push(...(await violations(page, width)));
  }
  await page.setViewportSize(own);
  await details.evaluateAll(
    (all, states) =>
      all.forEach((node, n) => {
        node.open = states[n].open;
        if (states[n].name) node.setAttribute('name', states[n].name);
      }),
    were,
  );
  assert.deepEqual(found, [], name);
}

async function overflow(page, width) {
  return page.evaluate((at) => {
    const root = document.documentElement;
    // An element may scroll by itself; it must not widen the page.
    if (root.scrollWidth <= root.clientWidth && window.innerWidth <= Number(at)) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (node) => node.getBoundingClientRect().right > Number(at) + 0.5,
    );
    return [
      `at ${at}: ${root.scrollWidth} wide, by ${wide
        .slice(-3)
        .map((node) => `${node.tagName.toLowerCase()}.${node.className}`)
        .join(', ')}`,
    ];
  }, width);
}

async function violations(page, width) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const results = await page.evaluate(
    (values) =>
      window.axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    rules,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `at ${width}: ${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
}
