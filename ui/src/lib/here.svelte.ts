// What the object on the screen is called, for the breadcrumbs and the window's title.
class Here {
  title = $state<string | null>(null);
}

export const here = new Here();

/** Called while a page is made. */
export function useTitle(title: () => string | null | undefined) {
  $effect(() => {
    here.title = title() ?? null;
    return () => {
      here.title = null;
    };
  });
}
