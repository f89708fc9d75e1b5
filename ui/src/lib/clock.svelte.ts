// The time now, ticking, so that "6 min" and countdowns move by themselves.
class Clock {
  #offset = 0;
  now = $state.raw(new Date());

  constructor() {
    setInterval(() => { this.now = new Date(Date.now() + this.#offset); }, 1000);
  }

  /** Another time than the machine's: for sample data, whose days stand still. */
  pretend(at: string) {
    this.#offset = new Date(at).getTime() - Date.now();
    this.now = new Date(at);
  }
}

export const clock = new Clock();
