/** Focuses the first field of a form. */
export function focusFirst(form: HTMLElement) {
  form.querySelector<HTMLElement>('input:not([readonly], [type=checkbox]), select, textarea')?.focus();
}
