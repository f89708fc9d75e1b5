// Keyboard shortcuts. Components register them; the status bar and the overview under `?` show the same list.
import { untrack } from 'svelte';

export interface Key {
  /** `p`, `?`, `g o`, `ctrl+k`, `shift+s`, `escape`, `arrowdown`. Ctrl is Cmd on a Mac. */
  press: string;
  label: string;
  run: () => void;
  /** Hidden in a narrow status bar. */
  isWide?: boolean;
  /** Shown in the overview only. */
  isHidden?: boolean;
  /** Works on every page. */
  isGlobal?: boolean;
}

/** Shortcuts of a page override those of the layout; a dialog disables all others. */
type Rank = 'layout' | 'page' | 'dialog';
const ranks: { [rank in Rank]: number } = { layout: 0, page: 1, dialog: 2 };
interface Layer {
  keys: () => Key[];
  rank: Rank;
}

const isMac = /Mac/.test(navigator.userAgent);
const labels: { [name: string]: string } = {
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
/** The labels of the keys of `ctrl+k`. */
export const caps = (press: string): string[] =>
  press
    .split(/[+ ]/)
    .filter(Boolean)
    .map((part) => labels[part] ?? part.toUpperCase());

function pressed(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(key);
  // `?` needs Shift with different keys on different keyboards: only letters and named keys include Shift.
  const shift = event.shiftKey && (isLetter || key.length > 1) ? 'shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${shift}${key}`;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');

class Keyboard {
  #layers = $state.raw<Layer[]>([]);
  #previous = '';
  #previousAt = 0;

  constructor() {
    addEventListener('keydown', (event) => this.#press(event));
  }

  add(layer: Layer): () => void {
    this.#layers = [...this.#layers, layer].sort((a, b) => ranks[a.rank] - ranks[b.rank]);
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
    };
  }

  /** The shortcuts that work now. */
  get active(): Key[] {
    const keys: Key[] = [];
    const known = new Set<string>();
    for (const layer of [...this.#layers].reverse()) {
      for (const key of layer.keys())
        if (!known.has(key.press)) {
          known.add(key.press);
          keys.push(layer.rank === 'layout' ? { ...key, isGlobal: true } : key);
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
    // Buttons and links handle Enter and Space themselves.
    if (
      event.target instanceof HTMLElement &&
      event.target.matches('button, a, summary, input') &&
      (press === 'enter' || press === 'space')
    )
      return;
    const second = event.timeStamp - this.#previousAt < 1200 ? `${this.#previous} ${press}` : '';
    const { active } = this;
    const key = active.find((one) => one.press === second) ?? active.find((one) => one.press === press);
    this.#previous = press;
    this.#previousAt = event.timeStamp;
    if (!key) return;
    event.preventDefault();
    this.#previous = '';
    key.run();
  }
}

export const keyboard = new Keyboard();

/** Registers shortcuts while the component exists. Call it while a component is created. */
export function useKeys(keys: () => Key[], rank: Rank = 'page') {
  $effect(() => untrack(() => keyboard.add({ keys, rank })));
}
