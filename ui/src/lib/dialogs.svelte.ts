// The dialogs over the page. Escape closes one at a time.
import type { IconName } from './icons';

/** An action that the user confirms before it runs. */
export interface Confirmation {
  title: string;
  text?: string;
  consequences?: { icon: IconName; text: string }[];
  /** Asks for a reason: one of `choices`, or free text. */
  reason?: { label: string; choices?: string[]; hint?: string; field?: string };
  /** Radio buttons; `value` is selected at first. */
  options?: { label: string; choices: { value: string; label: string }[]; value: string };
  /** A required text field; `field` is its name in the API. */
  input?: { label: string; field: string; hint?: string };
  /** The name that the user must type. */
  typed?: { what: string; name: string };
  confirmLabel: string;
  cancelLabel: string;
  isDanger?: boolean;
  icon?: IconName;
  /** Runs the action. The dialog shows its error and stays open. */
  run: (given: { reason: string; input: string; typed: string; option: string }) => Promise<void>;
}

class Dialogs {
  confirmation = $state.raw<Confirmation | null>(null);
  password = $state.raw<{ withCode: boolean; close: (isConfirmed: boolean) => void } | null>(null);
  isPaletteOpen = $state(false);
  isHelpOpen = $state(false);

  get isAnyOpen() {
    return this.confirmation !== null || this.password !== null || this.isPaletteOpen || this.isHelpOpen;
  }
}

export const dialogs = new Dialogs();

export function confirm(confirmation: Confirmation) {
  dialogs.confirmation = confirmation;
}

/** Asks for the user's password, and for a code `withCode`. Resolves to false if the user cancels. */
export function requestPassword(withCode: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    dialogs.password = {
      withCode,
      close: (isConfirmed) => {
        dialogs.password = null;
        resolve(isConfirmed);
      },
    };
  });
}
