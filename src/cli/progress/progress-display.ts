/** Shows progress: one line per happening, and on a terminal the active states below, kept up to date. */
import { type ActiveState, type ProgressLine, seconds } from "./execution-progress.ts";

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const MARKS = { entered: "→", done: "✓", failed: "✗" } as const;
const COLOURS = { entered: "36", done: "32", failed: "31" } as const;

export interface DisplayOptions {
  /** Whether lines can be redrawn. */
  readonly terminal: boolean;
  readonly colour: boolean;
  /** Of the terminal. */
  readonly rows: number;
  readonly columns: number;
  write(text: string): void;
}

export class ProgressDisplay {
  readonly #options: DisplayOptions;
  readonly #startedAt: number;
  /** The lines of active states that stand on the terminal now. */
  #drawn: readonly string[] = [];
  #frame = 0;

  /** `startedAt`: epoch milliseconds that the times of the lines count from. */
  constructor(options: DisplayOptions, startedAt: number) {
    this.#options = options;
    this.#startedAt = startedAt;
  }

  /** Shows new lines and the active states; `now` is in epoch milliseconds. */
  update(lines: readonly ProgressLine[], active: readonly ActiveState[], now: number): void {
    const { terminal } = this.#options;
    let text = terminal ? this.#erase() : "";
    for (const line of lines) {
      // On a terminal an active state has a line of its own until it is done.
      if (terminal && line.kind === "entered") continue;
      const time = seconds(Math.max(0, line.at - this.#startedAt)).padStart(8);
      text += `${time} ${this.#paint(COLOURS[line.kind], MARKS[line.kind])} ${this.#fit(line.text, 12)}\n`;
    }
    if (terminal) text += this.#draw(active, now);
    if (text !== "") this.#options.write(text);
  }

  /** Shows a text, with its line breaks, above the active states. */
  note(text: string): void {
    const drawn = this.#drawn;
    const erase = this.#erase();
    this.#drawn = drawn;
    this.#options.write(`${erase}${text}${drawn.join("")}`);
  }

  /** Takes the active states off the terminal. */
  end(): void {
    const text = this.#erase();
    if (text !== "") this.#options.write(text);
  }

  #erase(): string {
    const lines = this.#drawn.length;
    this.#drawn = [];
    return lines === 0 ? "" : `\u001B[${lines}A\u001B[J`;
  }

  #draw(active: readonly ActiveState[], now: number): string {
    const room = Math.max(1, this.#options.rows - 2);
    const shown = active.slice(0, active.length > room ? room - 1 : room);
    const spinner = SPINNER[this.#frame++ % SPINNER.length] ?? "";
    const lines = shown.map(
      (state) =>
        `${" ".repeat(9)}${this.#paint(COLOURS.entered, spinner)} ${this.#fit(describe(state, now), 12)}\n`,
    );
    if (shown.length < active.length) {
      lines.push(`${" ".repeat(11)}and ${active.length - shown.length} more states\n`);
    }
    this.#drawn = lines;
    return lines.join("");
  }

  /** A line that wraps could not be erased. */
  #fit(text: string, indent: number): string {
    const room = Math.max(10, this.#options.columns - indent);
    return this.#options.terminal && text.length > room ? `${text.slice(0, room - 1)}…` : text;
  }

  #paint(code: string, text: string): string {
    return this.#options.colour ? `\u001B[${code}m${text}\u001B[0m` : text;
  }
}

function describe(state: ActiveState, now: number): string {
  const facts = [seconds(Math.max(0, now - state.since))];
  if (state.items !== undefined)
    facts.push(`${state.items.finished} of ${state.items.total} items`);
  if (state.count > 1) facts.push(`${state.count} at work`);
  if (state.count > 1 && state.done > 0) facts.push(`${state.done} done`);
  if (state.failures > 0)
    facts.push(`${state.failures} failed ${state.failures === 1 ? "attempt" : "attempts"}`);
  return `${state.name} (${facts.join(", ")})`;
}
