// What lies over the page: one stack, so that Escape closes one layer at a time.
import type { IconName } from './icons';

/** An act that is asked about before it is done. */
export interface Question {
  title: string;
  /** What follows from it, before the question. */
  consequences?: { icon: IconName; text: string }[];
  text?: string;
  /** Asks for a reason; `choices` are offered, another can be typed. */
  reason?: { label: string; choices?: string[]; hint?: string; field?: string };
  /** One of a few, with the usual one chosen. */
  pick?: { label: string; choices: { value: string; label: string }[]; value: string };
  /** Another thing that must be known. */
  extra?: { label: string; field: string; hint?: string };
  /** Has to be typed: the name of what it is done to. */
  typed?: { what: string; name: string };
  go: string;
  stay: string;
  isDanger?: boolean;
  icon?: IconName;
  /** Does it. What it throws is shown in the dialog, which stays open. */
  run: (given: { reason: string; extra: string; typed: string; picked: string }) => Promise<void>;
}

class Dialogs {
  question = $state.raw<Question | null>(null);
  password = $state.raw<{ done: (isGiven: boolean) => void } | null>(null);
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);

  get isAnyOpen() {
    return this.question !== null || this.password !== null || this.isPaletteOpen || this.isHelpOpen;
  }
}

export const dialogs = new Dialogs();

export function ask(question: Question) {
  dialogs.question = question;
}

/** One's own password, asked for again. False where the person thought better of it. */
export function askPassword(): Promise<boolean> {
  return new Promise((resolve) => {
    dialogs.password = {
      done: (isGiven) => {
        dialogs.password = null;
        resolve(isGiven);
      },
    };
  });
}
