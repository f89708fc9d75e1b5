// The keyboard. Whoever is on the screen says which keys do what; the same list makes the key line at the bottom and
// the overview under `?`, so that neither can promise what the other does not keep.
import { untrack } from 'svelte';

export interface Key {
  /** `p`, `?`, `g o`, `ctrl+k`, `shift+s`, `escape`, `arrowdown`. Ctrl is Cmd on a Mac. */
  press: string;
  say: string;
  run: () => void;
  /** Left out of the key line where it is narrow. */
  isWide?: boolean;
  /** Only in the overview. */
  isQuiet?: boolean;
  /** The frame's: it works on every page. */
  isEverywhere?: boolean;
}

/** The frame's keys give way to the page's; a dialog takes all. */
type Rank = 'frame' | 'page' | 'dialog';
const ranks: { [rank in Rank]: number } = { frame: 0, page: 1, dialog: 2 };
interface Layer {
  keys: () => Key[];
  rank: Rank;
}

const isMac = /Mac/.test(navigator.userAgent);
const signs: { [name: string]: string } = {
  ctrl: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: 'Alt',
  escape: 'Esc',
  enter: '↵',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
  tab: 'Tab',
};
/** `ctrl+k` as the caps it is made of. */
export const caps = (press: string): string[] =>
  press
    .split(/[+ ]/)
    .filter(Boolean)
    .map((part) => signs[part] ?? part.toUpperCase());

function pressed(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  // `?` is Shift and something else on every keyboard; only letters and named keys say their Shift.
  const shift = event.shiftKey && (isLetter || key.length > 1) ? 'shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${shift}${key}`;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

class Keyboard {
  #layers = $state.raw<Layer[]>([]);
  #before = '';
  #beforeAt = 0;

  constructor() {
    addEventListener('keydown', (event) => this.#press(event));
  }

  add(layer: Layer): () => void {
    this.#layers = [...this.#layers, layer].sort((a, b) => ranks[a.rank] - ranks[b.rank]);
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** What can be pressed now, the nearest first. */
  get now(): Key[] {
    const keys: Key[] = [];
    const said = new Set<string>();
    for (const layer of [...this.#layers].reverse()) {
      for (const key of layer.keys())
        if (!said.has(key.press)) {
          said.add(key.press);
          keys.push(layer.rank === 'frame' ? { ...key, isEverywhere: true } : key);
        }
      if (layer.rank === 'dialog') break;
    }
    return keys;
  }

  #press(event: KeyboardEvent) {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)
    )
      return;
    const press = pressed(event);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isTyping(event.target) && isPlain && press !== 'escape') return;
    // A native dialog closes itself on Escape; buttons and links act by themselves on Enter and Space.
    if (
      event.target instanceof HTMLElement &&
      event.target.matches('button, a, summary, input') &&
      (press === 'enter' || press === 'space')
    )
      return;
    const second = event.timeStamp - this.#beforeAt < 1200 ? `${this.#before} ${press}` : '';
    const now = this.now;
    const key = now.find((one) => one.press === second) ?? now.find((one) => one.press === press);
    this.#before = press;
    this.#beforeAt = event.timeStamp;
    if (!key) return;
    event.preventDefault();
    this.#before = '';
    key.run();
  }
}

export const keyboard = new Keyboard();

/** Called while a component is made: its keys work as long as it is there. */
export function useKeys(keys: () => Key[], rank: Rank = 'page') {
  $effect(() => untrack(() => keyboard.add({ keys, rank })));
}
