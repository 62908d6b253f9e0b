import * as pulumi from "@pulumi/pulumi";
import { platformObjects } from "../manifests/platform-objects";
import type { AppInMesh } from "../manifests/apps-in-mesh";
import type { Problem } from "../settings/errors";
import { identityOf, wordsFor } from "../settings/manifests/object";
import { keyOf } from "../settings/reading/problems";
import type { Settings } from "../settings/settings";
import { refuse } from "./refusal";

/**
 * Refuses manifests of one's own with an object that the platform makes: the two would overwrite each other.
 *
 * It is no check of the settings, which don't know what is made of them. It is asked before the first resource.
 *
 * @throws pulumi.RunError with every such object
 */
export function requireMadeOnce(settings: Settings, apps: readonly AppInMesh[]): void {
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
  refuse(problems);
}
