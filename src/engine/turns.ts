/** Lets many executions have their turn one after the other without holding the event loop. */

/** Jobs done before IO gets its turn; one job is at most one bounded decision. */
const JOBS_PER_TURN = 16;

/** First come, first served. */
export class Turns<Job> {
  readonly #run: (job: Job) => void;
  #jobs: Job[] = [];
  #next = 0;
  #scheduled = false;
  #stopped = false;

  /** `run` does one job and must not throw. */
  constructor(run: (job: Job) => void) {
    this.#run = run;
  }

  add(job: Job): void {
    if (this.#stopped) return;
    this.#jobs.push(job);
    this.#schedule();
  }

  /** Forgets all jobs, also later ones. */
  stop(): void {
    this.#stopped = true;
    this.#jobs = [];
    this.#next = 0;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    const end = Math.min(this.#next + JOBS_PER_TURN, this.#jobs.length);
    while (this.#next < end && !this.#stopped) this.#run(this.#jobs[this.#next++]!);
    if (this.#next < this.#jobs.length) {
      this.#schedule();
    } else {
      this.#jobs = [];
      this.#next = 0;
    }
  }
}
