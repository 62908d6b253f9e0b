export type Properties = Readonly<Record<string, unknown>>;

/** What a cloud knows of a kind of resource, as far as the lab needs it. */
export interface ResourceType {
  /** Inputs without which a provider refuses it. */
  readonly required?: readonly string[];
  /** Whether it has tags, and so the provider's default ones. */
  readonly taggable?: boolean;
  /** The input that a provider fills with the resource's name and a suffix if the program leaves it out. */
  readonly autonamed?: string;
  /** The most characters that an input may have. */
  readonly longest?: Readonly<Record<string, number>>;
  /** Inputs whose change makes a new one. A path has dots: `metadata.name`. */
  readonly immutable?: readonly string[];
  /** Inputs whose change the cloud refuses, though the provider asks for it as an update. */
  readonly refused?: readonly string[];
  /** The id that the cloud gives. Where it has nothing random, there can be only one of it. */
  id(inputs: Properties, random: string): string;
  /** The id by which it is imported, where that is another one. */
  importId?(inputs: Properties, id: string): string;
  /** Whether its provider's page says how it is imported. Default: yes. */
  readonly importable?: boolean;
  /** Whether making it again gives the same one. */
  readonly again?: boolean;
  /** What tells two apart where the id doesn't. */
  readonly unique?: readonly string[];
  /** What the cloud adds to the inputs. */
  outputs?(inputs: Properties, id: string): Properties;
  /** What an update makes of outputs that don't follow from the inputs. */
  updated?(before: Properties): Properties;
  /** Types whose resources hold it: it can't be deleted while one of them names it. */
  readonly heldBy?: readonly string[];
  /** What must be there to create, change or delete it, or else it fails. */
  readonly needs?: readonly Need[];
}

/** Something that must exist for an operation to succeed. */
export interface Need {
  readonly on: readonly ("create" | "update" | "delete")[];
  /** Whether something that exists is what is needed. */
  met(type: string, inputs: Properties): boolean;
  /** Whether the need applies to this one. Default: to all of the type. */
  applies?(inputs: Properties): boolean;
  /** What the provider says where it is missing. */
  readonly otherwise: string;
}

/** The value at a path with dots. */
export function at(properties: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? (value as Properties)[key] : undefined),
      properties,
    );
}

/** A string at a path, or nothing. */
export function text(properties: Properties, path: string): string {
  const value = at(properties, path);
  return typeof value === "string" ? value : "";
}
