/** A form that was asked for is ready to be typed into. */
export function focusFirst(form: HTMLElement) {
  form.querySelector<HTMLElement>('input:not([readonly], [type=checkbox]), select, textarea')?.focus();
}
