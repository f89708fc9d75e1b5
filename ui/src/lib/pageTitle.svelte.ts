// The title of the record on the screen, for the breadcrumbs and the window's title.
class PageTitle {
  current = $state<string | null>(null);
}

export const pageTitle = new PageTitle();

/** Sets the title while the component exists. Call it while a component is created. */
export function useTitle(title: () => string | null | undefined) {
  $effect(() => {
    pageTitle.current = title() ?? null;
    return () => {
      pageTitle.current = null;
    };
  });
}
