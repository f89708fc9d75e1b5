// Filters of a list that the user saved on this computer.
export interface SavedFilter {
  name: string;
  query: { [name: string]: string };
}

export class SavedFilterStore {
  filters = $state.raw<SavedFilter[]>([]);
  #key: string;

  constructor(list: string) {
    this.#key = `views.${list}`;
    try {
      this.filters = JSON.parse(localStorage.getItem(this.#key) ?? '[]') as SavedFilter[];
    } catch {
      this.filters = [];
    }
  }

  save(filter: SavedFilter) {
    this.#store([...this.filters.filter(({ name }) => name !== filter.name), filter]);
  }

  remove(name: string) {
    this.#store(this.filters.filter((filter) => filter.name !== name));
  }

  #store(filters: SavedFilter[]) {
    this.filters = filters;
    try {
      localStorage.setItem(this.#key, JSON.stringify(filters));
    } catch {
      // Without storage, they last as long as the window.
    }
  }
}
