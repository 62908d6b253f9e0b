import pc from "picocolors";
import { longest, rows, tableWidth } from "../rows";
import { others } from "./callers";
import { wayText } from "./conditions";
import type { AccessCell, AccessColumn, AccessWay } from "./table";

/** What a terminal has, but for the section's indent. */
const width = 78;
/** What is left of a caller's name beside several applications. */
const widestLabel = 30;

/**
 * Who may call whom, for people: callers beside applications, as many as stand beside each other on a terminal, and below
 * them the rules by number. Callers that no rule of these tells from all others are left out.
 */
export function accessText(columns: readonly AccessColumn[]): string[] {
  const ruled = columns.filter(({ callers }) => callers.length > 0);
  const plain = columns.filter(({ callers }) => callers.length === 0);
  const shown = ruled.slice(0, longest);
  const notes = new Notes();
  const blocks = blocksOf(shown, notes);
  const counted = columns.some(({ callers, others: rest }) => [...callers, rest].some((cell) => cell.counted));
  return [
    ...blocks.flatMap((block, nth) => (nth === 0 ? block : ["", ...block])),
    ...(ruled.length > shown.length ? [more(ruled.length - shown.length, "application")] : []),
    ...plainText(plain),
    ...(counted ? ["A dry run: what is not open here is let in as well, and counted."] : []),
  ];
}

/** Applications that treat all callers alike. */
function plainText(columns: readonly AccessColumn[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { app, others: cell } of columns) {
    const said = alike(cell);
    groups.set(said, [...(groups.get(said) ?? []), app]);
  }
  return [...groups].map(([said, apps]) => `${said}: ${joined(apps, width - said.length)}`);
}

function alike({ decision, by, reason, ways = [], except = [], asked = [] }: AccessCell): string {
  if (decision !== "conditional") return `${decision} to all (${by === undefined ? (reason ?? "") : `by ${by}`})`;
  return [
    "open to all",
    ...(ways.length > 0 ? [`if ${ways.map(wayText).join(" or ")}`] : []),
    ...except.map((way) => `but not ${wayText(way)}`),
    ...asked.map((way) => `but ${askedText(way)}`),
  ].join(", ");
}

/** Tables of as many applications as there is room for. */
function blocksOf(columns: readonly AccessColumn[], notes: Notes): string[][] {
  const blocks: string[][] = [];
  let rest = columns;
  while (rest.length > 0) {
    let count = 1;
    while (count < rest.length && tableWidth(cellsOf(rest.slice(0, count + 1), notes.copy())) <= width) count += 1;
    const before = notes.size;
    const cells = cellsOf(rest.slice(0, count), notes);
    const [head = [], ...body] = cells;
    const cut = body.slice(0, longest);
    const last = body.at(-1) ?? [];
    const kept = body.length > longest ? [...cut.slice(0, -1), last] : cut;
    blocks.push([
      ...rows([head.map((name) => pc.bold(name)), ...kept]),
      ...(body.length > kept.length ? [more(body.length - kept.length, "caller")] : []),
      ...notes.from(before),
    ]);
    rest = rest.slice(count);
  }
  return blocks;
}

/** A head, a row for each group of callers that have the same cells, and one for all others. */
function cellsOf(columns: readonly AccessColumn[], notes: Notes): string[][] {
  const byCaller = columns.map(({ callers }) => new Map(callers.map((cell) => [cell.caller, cell])));
  const labels = [...new Set(columns.flatMap(({ callers }) => callers.map(({ caller }) => caller)))].sort(byKind);
  const groups = new Map<string, { readonly labels: string[]; readonly cells: string[] }>();
  for (const label of labels) {
    const cells = columns.map((column, nth) => mark(byCaller[nth]?.get(label) ?? column.others, notes));
    const group = groups.get(cells.join("|"));
    if (group) group.labels.push(label);
    else groups.set(cells.join("|"), { labels: [label], cells });
  }
  return [
    ["", ...columns.map(({ app }) => app)],
    ...[...groups.values()].map((group) => [joined(group.labels.map(short), widestLabel), ...group.cells]),
    [others.label, ...columns.map((column) => mark(column.others, notes))],
  ];
}

/** `cluster.local` is the mesh itself, in each identity that a rule names. */
function short(label: string): string {
  return label.replace(/^principal cluster\.local\//, "principal ");
}

/** Gateways, applications, then whom rules name besides. */
function byKind(one: string, other: string): number {
  const rank = (label: string) => (label.startsWith("gateway ") ? 0 : label.includes(" ") ? 2 : 1);
  return rank(one) - rank(other);
}

/** A cell, short: its rules are numbers. */
function mark({ decision, by, reason, ways = [], except = [], asked = [] }: AccessCell, notes: Notes): string {
  if (decision === "closed") {
    if (by === undefined) return reason?.startsWith("no route") ? "no route" : "closed";
    return /[\]]$/.test(by) ? `closed ${notes.of(by)}` : "closed";
  }
  if (decision === "open") return by?.endsWith("]") ? `open ${notes.of(by)}` : "open";
  const unasked = ways.filter(({ conditions }) => Object.keys(conditions).length === 0);
  const first = ways.length === 0 || unasked.length > 0 ? "open" : "if";
  const list = ways.map((way) => notes.of(wayText(way))).join(", ");
  return [
    list === "" ? first : `${first} ${list}`,
    ...except.map((way) => `not ${notes.of(wayText(way))}`),
    ...asked.map((way) => `asks ${notes.of(askedText(way))}`),
  ].join(", ");
}

function askedText({ provider, ...way }: AccessWay & { readonly provider: string }): string {
  return `${wayText(way)}, if ${provider} agrees`;
}

/** Names in one line of some width, with how many were left out. */
function joined(names: readonly string[], most: number): string {
  let shown = 1;
  while (shown < names.length && names.slice(0, shown + 1).join(", ").length <= most) shown += 1;
  const left = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function more(count: number, what: string): string {
  return `and ${count} more ${what}${count === 1 ? "" : "s"}; npm start --silent -- --json has them all`;
}

/** What the numbers in a table stand for, in the order of their first use. */
class Notes {
  readonly #numbers: Map<string, number>;

  constructor(numbers: ReadonlyMap<string, number> = new Map()) {
    this.#numbers = new Map(numbers);
  }

  get size(): number {
    return this.#numbers.size;
  }

  copy(): Notes {
    return new Notes(this.#numbers);
  }

  /** The number of a text. */
  of(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1;
    this.#numbers.set(text, number);
    return number;
  }

  /** Lines of those from a number on. */
  from(before: number): string[] {
    return rows([...this.#numbers].slice(before).map(([text, number]) => [`  ${number}`, text]));
  }
}
