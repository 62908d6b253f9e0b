import { releaseType } from "./kubernetes";
import type { Lab, Pending } from "./lab";

/*
 * The ways out of an interrupted run, as docs/interrupted.md has them.
 */

/** `pulumi cancel`: takes away the lock that a killed engine left. */
export async function unlock(lab: Lab): Promise<void> {
  await lab.pulumi("cancel", "--yes");
}

/** Forgets creates that were cut short. What was made of them stays. */
export async function forget(lab: Lab): Promise<void> {
  await lab.pulumi("refresh", "--clear-pending-creates", "--yes", "--skip-preview");
}

/** What was made by creates that were cut short, with its id. */
export function cutShort(lab: Lab): { readonly pending: Pending; readonly id: string }[] {
  return lab.pending().flatMap((pending) => {
    const object = lab.cloud.objects().find(({ type, name }) => type === pending.type && name === pending.name);
    return object ? [{ pending, id: object.id }] : [];
  });
}

/** Takes what was made into the stack; a stuck release goes instead, as Helm can't go on with it. */
export async function adopt(lab: Lab): Promise<void> {
  const things = cutShort(lab);
  await forget(lab);
  for (const { pending, id } of things) if (pending.type === releaseType) lab.cloud.uninstall(id);
  const imports = things.filter(({ pending }) => pending.type !== releaseType);
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
  for (const { pending, id } of things) {
    if (pending.type === releaseType) lab.cloud.uninstall(id);
    else lab.cloud.delete(pending.type, id);
  }
}

function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
