/** What the engine asks a provider. `construct` is a component of another package, and lasts as long as its children. */
export type Method = "check" | "diff" | "create" | "update" | "delete" | "read" | "construct";

/** One call of the engine, with its times in milliseconds since the journal began. */
export interface Call {
  readonly method: Method;
  readonly urn: string;
  /** Pulumi's type token, e.g. `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
  readonly began: number;
  /** Missing while it lasts, and for ever if the engine was killed in it. */
  readonly ended?: number;
  /** What it was answered instead of a result. */
  readonly failed?: string;
}

/** Every call that the engine made of the stand-ins, in order. Calls of a preview are not among them. */
export class Journal {
  private readonly start = performance.now();
  private readonly entries: { -readonly [Key in keyof Call]: Call[Key] }[] = [];

  /** Runs a call, and notes when it began, when it ended, and how. */
  async note<Result>(method: Method, urn: string, run: (call: Call) => Promise<Result>): Promise<Result> {
    const call: (typeof this.entries)[number] = {
      method,
      urn,
      type: typeOf(urn),
      name: nameOf(urn),
      began: this.now(),
    };
    this.entries.push(call);
    try {
      return await run(call);
    } catch (error) {
      call.failed = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      call.ended = this.now();
    }
  }

  /** The calls so far; those of given methods, if any are given. */
  calls(...methods: readonly Method[]): readonly Call[] {
    return this.entries.filter(({ method }) => methods.length === 0 || methods.includes(method));
  }

  /** Calls that changed something, or tried to. */
  changes(): readonly Call[] {
    return this.calls("create", "update", "delete");
  }

  clear(): void {
    this.entries.length = 0;
  }

  private now(): number {
    return performance.now() - this.start;
  }
}

/** The type in a URN, without those of its parents. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The name in a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
