// Filters that somebody saved: names and addresses of lists, of no customer's data but what was typed into a filter.
export interface View {
  name: string;
  query: { [name: string]: string };
}

export class SavedViews {
  views = $state.raw<View[]>([]);
  #key: string;

  constructor(list: string) {
    this.#key = `views.${list}`;
    try {
      this.views = JSON.parse(localStorage.getItem(this.#key) ?? '[]') as View[];
    } catch {
      this.views = [];
    }
  }

  save(view: View) {
    this.#put([...this.views.filter(({ name }) => name !== view.name), view]);
  }

  remove(name: string) {
    this.#put(this.views.filter((view) => view.name !== name));
  }

  #put(views: View[]) {
    this.views = views;
    try {
      localStorage.setItem(this.#key, JSON.stringify(views));
    } catch {
      /* Then it lasts as long as the window. */
    }
  }
}
