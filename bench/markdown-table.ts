/** A table of measurements, printed so that it can be pasted into a Markdown page. */

/** A number, a text, or undefined for what was not measured. */
export type Cell = number | string | undefined;

export class MarkdownTable {
  readonly #rows: (readonly string[])[];

  constructor(columns: readonly string[]) {
    this.#rows = [columns, columns.map(() => "---")];
  }

  /** Adds a row; it has as many cells as there are columns. */
  add(cells: readonly Cell[]): void {
    this.#rows.push(cells.map(shown));
  }

  print(): void {
    console.log();
    for (const row of this.#rows) console.log(`| ${row.join(" | ")} |`);
    console.log();
  }
}

/** Three digits that count, with separators of thousands. */
function shown(cell: Cell): string {
  if (typeof cell !== "number") return cell ?? "-";
  if (!Number.isFinite(cell)) return "-";
  return (cell < 100 ? Number(cell.toPrecision(3)) : Math.round(cell)).toLocaleString("en");
}
