import { stripVTControlCharacters } from "node:util";

/** Longer lists are cut here; the JSON has them whole. */
export const longest = 20;

/** Rows of a table, its columns aligned. */
export function rows(cells: readonly (readonly string[])[]): string[] {
  const widths = widthsOf(cells);
  return cells.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
      .join(gap)
      .trimEnd(),
  );
}

const gap = "  ";

function widthsOf(cells: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...cells.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
}

/** The width of a whole table on a terminal. */
export function tableWidth(cells: readonly (readonly string[])[]): number {
  return widthsOf(cells).reduce((sum, each) => sum + each + gap.length, -gap.length);
}

/** A cell's width on a terminal, colours left out. */
function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
