// The current time as state: `now` changes every ten seconds, `second` every second.
class Clock {
  #offset = 0;
  now = $state.raw(new Date());
  second = $state.raw(new Date());

  constructor() {
    setInterval(() => {
      this.second = new Date(Date.now() + this.#offset);
      if (this.second.getTime() - this.now.getTime() >= 10_000) this.now = this.second;
    }, 1000);
  }

  /** Sets another time than the machine's, for sample data with fixed dates. */
  set(at: string) {
    this.#offset = new Date(at).getTime() - Date.now();
    this.now = new Date(at);
    this.second = this.now;
  }
}

export const clock = new Clock();
