import type { Resource } from "../../engine/resource";

/** Whether the internet asks a hosted zone; the others belong to VPCs. */
export function isPublic(zone: Resource): boolean {
  return zone.get("vpcs").list().length === 0;
}
