import * as pulumi from "@pulumi/pulumi";
import { platformObjects } from "../manifests/platform-objects";
import type { ResolvedApp } from "../routing/resolve";
import { SettingsError, type Problem } from "../settings/errors";
import { identityOf, wordsFor } from "../settings/manifests/object";
import { keyOf } from "../settings/reading/problems";
import type { Settings } from "../settings/settings";

/**
 * Refuses manifests of one's own with an object that the platform makes: the two would overwrite each other.
 *
 * It is no check of the settings, which don't know what is made of them. It is asked before the first resource.
 *
 * @throws pulumi.RunError with every such object
 */
export function requireMadeOnce(settings: Settings, apps: readonly ResolvedApp[]): void {
  if (settings.manifests.length === 0) return;
  const project = pulumi.getProject();
  const made = new Map(platformObjects(settings, apps).map(({ identity, key }) => [identity, key]));
  const problems = settings.manifests.flatMap(({ object, place, entry }): Problem[] => {
    const key = made.get(identityOf(object));
    if (key === undefined) return [];
    return [
      {
        key: keyOf(`${project}:manifests`, [entry]),
        value: place,
        rule: `has, at ${place}, ${wordsFor(object)}, which the platform makes of ${project}:${key}`,
        fix: `Remove it; what is to differ, say in ${project}:${key}.`,
      },
    ];
  });
  if (problems.length === 0) return;
  throw new pulumi.RunError(new SettingsError(problems, `Pulumi.${pulumi.getStack()}.yaml`).message);
}
