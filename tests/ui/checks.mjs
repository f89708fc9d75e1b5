// Automatic checks of the appearance of a screen, and its screenshots.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const axe = readFileSync(
  createRequire(new URL('../browser/package.json', import.meta.url)).resolve('axe-core/axe.min.js'),
  'utf8',
);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const folder = fileURLToPath(new URL('./shots/', import.meta.url));
await mkdir(folder, { recursive: true });

/** Screenshots for review: tests/ui/shots, not committed. */
export const shoot = (page, name) =>
  page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled', caret: 'hide' });

/** All violations that axe finds, or only those of colour contrast. */
export async function violations(page, { isColourOnly = false } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(
    ([values, colour]) =>
      window.axe.run(document, {
        runOnly: colour ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    [tags, isColourOnly],
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) => `${id}: ${node.html.slice(0, 180)} ${node.failureSummary.replace(/\s+/g, ' ').slice(0, 260)}`,
    ),
  );
}

/** Overflows of the window, and text that is cut off without an ellipsis. */
export const overflows = (page) =>
  page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight)
      found.push(`the window scrolls: ${root.scrollWidth} × ${root.scrollHeight}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (
        !node.data.trim() ||
        holder.closest('.sr, [hidden], option, select, script, svg, details:not([open]) > :not(summary)') ||
        !holder.checkVisibility()
      )
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (!box.width) continue;
      for (let at = holder; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        // An ellipsis shows the cut; text that is clipped away is for screen readers.
        if (style.textOverflow === 'ellipsis' || style.clipPath !== 'none') break;
        if (style.overflowX === 'auto' || style.overflowX === 'scroll') {
          const edge = at.getBoundingClientRect();
          if (at.scrollWidth > at.clientWidth + 1 && !at.matches('pre'))
            found.push(
              `scrolls sideways: ${at.tagName}.${at.className} by "${node.data.trim().slice(0, 40)}"`,
            );
          if (edge) break;
        }
        if (style.overflowX === 'hidden' || style.overflowX === 'clip') {
          const edge = at.getBoundingClientRect();
          if (box.right > edge.right + 1 || box.left < edge.left - 1)
            found.push(`cut off: "${node.data.trim().slice(0, 40)}" in ${at.tagName}.${at.className}`);
          break;
        }
        // A visible overflow covers the neighbouring box.
        if (
          at.matches('button, .btn, .chip, .badge, td, th, dd, dt') &&
          box.right > at.getBoundingClientRect().right + 1
        ) {
          found.push(`runs out: "${node.data.trim().slice(0, 40)}" of ${at.tagName}.${at.className}`);
          break;
        }
      }
    }
    return [...new Set(found)];
  });
