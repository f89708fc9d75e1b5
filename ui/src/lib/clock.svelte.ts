// The time, ticking. Pages read `now`, which moves every ten seconds: "6 min" needs no more. What counts seconds down
// reads `second`.
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

  /** Another time than the machine's: for sample data, whose days stand still. */
  pretend(at: string) {
    this.#offset = new Date(at).getTime() - Date.now();
    this.now = new Date(at);
    this.second = this.now;
  }
}

export const clock = new Clock();
