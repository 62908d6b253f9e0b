import type { CloudObject } from "./cloud";
import { providerUrn } from "./graph";
import { importId } from "./import-ids";
import { releaseType } from "./kubernetes";
import type { Lab, Pending } from "./lab";

/*
 * The ways out of an interrupted run, as docs/interrupted.md has them.
 */

/** `pulumi cancel`: takes away the lock that a killed engine left. */
export async function unlock(lab: Lab): Promise<void> {
  await lab.pulumi("cancel", "--yes");
}

/** What the stack's state says to be pending: `creating URN`. */
export async function exported(lab: Lab): Promise<string[]> {
  const { deployment } = JSON.parse(await lab.pulumi("stack", "export")) as Export;
  return (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn}`);
}

/** The part of an export that the page reads. */
interface Export {
  readonly deployment: {
    readonly pending_operations?: readonly { readonly type: string; readonly resource: { readonly urn: string } }[];
  };
}

/** Forgets creates that were cut short. What was made of them stays. */
export async function forget(lab: Lab): Promise<void> {
  await lab.pulumi("refresh", "--clear-pending-creates", "--yes", "--skip-preview");
}

/** What was made by creates that were cut short. */
export function cutShort(lab: Lab): { readonly pending: Pending; readonly object: CloudObject }[] {
  return lab.pending().flatMap((pending) => {
    const object = lab.cloud.objects().find(({ type, name }) => type === pending.type && name === pending.name);
    return object ? [{ pending, object }] : [];
  });
}

/** What makes the provider take over an object of Kubernetes that is there already. */
export const upsert = { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" };

/**
 * Takes what was made into the stack: under the ids that the page's table writes, and what has none there in the next
 * `up`, with `upsert`. A stuck release goes instead, as Helm can't go on with it.
 */
export async function adopt(lab: Lab): Promise<void> {
  const things = cutShort(lab);
  await forget(lab);
  for (const { object } of things) if (object.type === releaseType) lab.cloud.uninstall(object.id);
  lab.env = upsert;
  const imports = things.flatMap(({ pending, object }) => {
    const id = importId(object);
    return id === undefined ? [] : [{ pending, id }];
  });
  if (imports.length === 0) return;
  const file = lab.write("import.json", {
    nameTable: Object.fromEntries(
      imports.flatMap(({ pending: { parent, provider } }) => [
        [parent, parent],
        [providerUrn(provider), providerUrn(provider)],
      ]),
    ),
    resources: imports.map(({ pending: { type, name, parent, provider }, id }) => ({
      type,
      name,
      id,
      parent,
      provider: providerUrn(provider),
    })),
  });
  // Protected by default, it could not be destroyed later.
  await lab.pulumi("import", "--file", file, "--protect=false", "--generate-code=false", "--yes", "--skip-preview");
}

/** Removes what was made, by hand. */
export async function remove(lab: Lab): Promise<void> {
  const things = cutShort(lab);
  await forget(lab);
  for (const { object } of things) {
    if (object.type === releaseType) lab.cloud.uninstall(object.id);
    else lab.cloud.delete(object.type, object.id);
  }
}
