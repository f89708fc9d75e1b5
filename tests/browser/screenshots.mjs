// Screenshots for review: tests/browser/shots, not committed.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./shots/', import.meta.url));
await mkdir(folder, { recursive: true });

/** Takes the whole page at these widths, and gives the page its own width back. */
export async function shoot(page, name, widths = [360, 1440]) {
  const own = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 700 ? 740 : 900 });
    await page.screenshot({
      path: `${folder}${name}-${width}.png`,
      fullPage: true,
      animations: 'disabled',
      scale: width < 700 ? 'device' : 'css',
    });
  }
  await page.setViewportSize(own);
}
