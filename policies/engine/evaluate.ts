import type { Inventory } from "./inventory";
import { Resource } from "./resource";
import type { Check, Level, Rule, Severity, Violation } from "./rule";
import type { Settings } from "./settings";
import { shown } from "./shown";
import { pathText, Undecided, Value } from "./value";

/** Where a rule is not kept. */
export interface Place {
  readonly rule: string;
  /** E.g. `VirtualService shop/checkout`. */
  readonly resource: string;
  /** Within the resource: `spec.hosts[0]`; empty for the resource as a whole. */
  readonly path: string;
  /** File and line, in YAML. */
  readonly place?: string;
}

/** A rule that is not kept, worded so that its reader can mend it. */
export interface Finding extends Place {
  readonly severity: "mandatory" | "advisory";
  readonly message: string;
  readonly fix: string;
  readonly urn?: string;
  /** Where else the same cause shows. */
  readonly also?: readonly Place[];
  /** See {@link Violation.cause}; gone once findings are told by their cause. */
  readonly cause?: string;
  /** See {@link Violation.follows}. */
  readonly follows?: true;
}

/** What a rule could not judge, and why. */
export interface Unjudged {
  readonly rule: string;
  readonly resource: string;
  /** Reads after "could not be judged because". */
  readonly reason: string;
  /** The rule itself failed: report it to the rule's authors. */
  readonly defect?: true;
}

/** What the rules say about an inventory. */
export interface Evaluation {
  /** Mandatory ones first. */
  readonly findings: readonly Finding[];
  readonly unjudged: readonly Unjudged[];
}

/**
 * Judges an inventory by rules. An unknown value costs the judgement of one thing by one rule, and so does a rule's own
 * defect: neither throws, and neither hides what the rule says about the rest.
 *
 * @param today decides which exemptions have expired
 */
export function evaluate(
  inventory: Inventory,
  rules: readonly Rule[],
  settings: Settings,
  today: Date = new Date(),
): Evaluation {
  const findings: Finding[] = expired(settings, today);
  const unjudged: Unjudged[] = [];
  for (const rule of rules) {
    const level = (severity: Severity) => settings.levels.get(rule.id) ?? resolved(severity, inventory.production);
    if (settings.levels.get(rule.id) === "off") continue;
    const bench = new Bench(rule, level);
    bench.run(inventory);
    findings.push(...bench.findings.filter((finding) => !exempt(finding, settings, today)));
    unjudged.push(...bench.unjudged.values());
  }
  const rank = ({ severity }: Finding) => (severity === "mandatory" ? 0 : 1);
  return { findings: findings.sort((a, b) => rank(a) - rank(b)), unjudged };
}

/** A finding in one line, as a colleague would say it. */
export function findingText(finding: Finding): string {
  const { rule, resource, place } = finding;
  return `${rule}  ${place ? `${place}  ` : ""}${resource}: ${adviceText(finding)}`;
}

/** What is wrong, what to do about it, and where else it shows. */
export function adviceText({ rule, message, fix, also = [] }: Finding): string {
  if (also.length === 0) return `${message} ${fix}`;
  const shown = also.length > mostShown ? also.slice(0, mostShown - 1) : also;
  const places = shown.map((one) => {
    const details = [one.rule === rule ? "" : one.rule, one.place ?? one.path].filter((detail) => detail !== "");
    return `${one.resource}${details.length > 0 ? ` (${details.join(", ")})` : ""}`;
  });
  const more = also.length - shown.length;
  return `${message} ${fix} The same cause: ${[...places, ...(more > 0 ? [`${more} more`] : [])].join("; ")}.`;
}

/** More places on one line are read by nobody. */
const mostShown = 5;

/** The same with its level before it, where findings of both stand together: colours aren't seen everywhere. */
export function leveledText(finding: Finding): string {
  return `${finding.severity}: ${findingText(finding)}`;
}

/** What wasn't judged, in one line. */
export function unjudgedText({ rule, resource, reason }: Unjudged): string {
  return `${rule}  ${resource} could not be judged because ${reason}.`;
}

/** A severity's level in a stack that serves users, or in another. */
export function resolved(severity: Severity, production: boolean): Level {
  if (typeof severity === "string") return severity;
  return production ? severity.production : severity.otherwise;
}

/** One rule's judgement of one inventory. */
class Bench implements Check {
  readonly findings: Finding[] = [];
  readonly unjudged = new Map<string, Unjudged>();
  #subject: Resource | undefined;

  constructor(
    readonly rule: Rule,
    readonly level: (severity: Severity) => Level,
  ) {}

  run(inventory: Inventory): void {
    this.#guarded(undefined, () => this.rule.judge(inventory, this));
  }

  each<T>(things: Iterable<T>, judge: (thing: T) => void): void {
    for (const thing of things) this.#guarded(resourceOf(thing), () => judge(thing));
  }

  violation(at: Value | Resource, { message, fix, severity, cause, follows }: Violation): void {
    const resource = at instanceof Value ? at.resource : at;
    const level = this.level(severity ?? this.rule.severity);
    if (level === "off") return;
    const path = resource.written(at instanceof Value ? at.keys : []);
    const { locate, urn } = resource.origin.data;
    const place = locate?.(path);
    this.findings.push({
      rule: this.rule.id,
      severity: level,
      resource: shown(resource.label),
      path: shown(pathText(path)),
      message: shown(message),
      fix: shown(fix),
      ...(urn && { urn }),
      ...(place && { place: shown(place) }),
      ...(cause !== undefined && { cause }),
      ...(follows && { follows }),
    });
  }

  undecided(at: Value | Resource, reason: string): void {
    this.#note({ resource: resourceOf(at)?.label ?? "", reason });
  }

  /** What a judgement throws is noted against the innermost resource that was being judged. */
  #guarded(subject: Resource | undefined, judge: () => void): void {
    const outer = this.#subject;
    this.#subject = subject ?? outer;
    try {
      judge();
    } catch (error) {
      const resource = this.#subject?.label ?? "The stack";
      if (error instanceof Undecided) this.#note({ resource, reason: reasonOf(error, this.#subject) });
      else this.#note({ resource, reason: `the rule failed with ${String(error)}`, defect: true });
    } finally {
      this.#subject = outer;
    }
  }

  #note({ resource, reason, ...rest }: Omit<Unjudged, "rule">): void {
    const note = { resource: shown(resource), reason: shown(reason), ...rest };
    this.unjudged.set(`${note.resource} ${note.reason}`, { rule: this.rule.id, ...note });
  }
}

function reasonOf({ resource, path, reason }: Undecided, subject: Resource | undefined): string {
  if (path.length === 0) return `${resource.label} ${reason}`;
  const where = pathText(resource.written(path));
  return resource.origin === subject?.origin ? `${where} ${reason}` : `${where} of ${resource.label} ${reason}`;
}

/** The resource that something is, or is part of. */
function resourceOf(thing: unknown): Resource | undefined {
  if (typeof thing !== "object" || thing === null) return undefined;
  if (thing instanceof Resource) return thing;
  const { resource } = thing as { readonly resource?: unknown };
  return resource instanceof Resource ? resource : undefined;
}

function exempt({ rule, resource, urn }: Finding, { exemptions }: Settings, today: Date): boolean {
  const names = [resource, resource.split(" ").at(-1) ?? "", urn ?? ""];
  return exemptions.some(
    (exemption) =>
      exemption.rule === rule &&
      !isPast(exemption.expires, today) &&
      names.some((name) => exemption.pattern.test(name)),
  );
}

/** An exemption holds through its last day, in UTC. */
function isPast(expires: string, today: Date): boolean {
  return expires < today.toISOString().slice(0, 10);
}

function expired({ exemptions }: Settings, today: Date): Finding[] {
  return exemptions
    .filter(({ expires }) => isPast(expires, today))
    .map(({ rule, resource, reason, expires }) => ({
      rule: "EXEMPTION-EXPIRED",
      severity: "advisory",
      resource,
      path: "",
      message: `its exemption from ${rule} ended on ${expires} (${reason}): the rule counts again.`,
      fix: "Mend what it says, or decide anew and write another date; take the exemption out if nothing needs it.",
    }));
}
