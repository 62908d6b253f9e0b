import type * as pulumi from "@pulumi/pulumi";
import type { AppInMesh } from "../manifests/apps-in-mesh";
import { waysOut } from "../manifests/istio/default-access";
import { namespacesToMake } from "../manifests/platform-objects";
import { closedNamespaces } from "../settings/namespaces/closed";
import type { Settings } from "../settings/settings";
import { App, type AppArgs } from "./app";
import { makeAwsRights } from "./aws-rights";
import { DefaultAccess } from "./default-access";
import type { EgressGateway } from "./egress-gateway";
import { External } from "./external";
import type { Gateway } from "./gateway";
import { Manifests } from "./manifests";
import { MtlsOverrides } from "./mesh";
import { Namespaces, type NamespacesArgs } from "./namespaces";
import { NetworkPolicies } from "./network-policies";

export interface ApplicationsArgs
  extends Pick<AppArgs, "cluster" | "mesh" | "transform">, Pick<NamespacesArgs, "controller"> {
  readonly settings: Settings;
  /** By their keys in the stack file. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  /** By their keys in the stack file. */
  readonly egressGateways: ReadonlyMap<string, EgressGateway>;
  readonly apps: readonly AppInMesh[];
}

/**
 * Everything that stands in namespaces of applications, and what holds for all of them. It is no component: namespaces,
 * policies and applications stand side by side below the platform.
 *
 * @param name the platform's name
 * @returns the applications by their keys in the stack file
 */
export function makeApplications(
  name: string,
  { settings, apps, ...refs }: ApplicationsArgs,
  opts: pulumi.ComponentResourceOptions,
): ReadonlyMap<string, App> {
  const namespaces = new Namespaces(
    `${name}-namespaces`,
    { ...refs, names: namespacesToMake(settings), settings: new Map(Object.entries(settings.namespaces)) },
    opts,
  );
  const madeBy = makers(settings, refs, namespaces);
  const { overrides } = settings.mesh.mtls;
  if (Object.keys(overrides).length > 0) new MtlsOverrides(`${name}-mtls`, { ...refs, overrides, madeBy }, opts);
  const outside = (closed?: DefaultAccess) => {
    if (Object.keys(settings.external).length === 0) return;
    const letsOut = (gateway: string) => closed?.opens(gateway) ?? [];
    new External(`${name}-external`, { ...refs, settings, letsOut }, opts);
  };
  const leaveByGateways = settings.egressGateways.length > 0;
  if (!leaveByGateways) outside();
  closeNamespaces(name, { settings, apps, ...refs }, madeBy, opts);
  const objects = settings.manifests.map(({ object }) => object);
  if (objects.length > 0) new Manifests(`${name}-manifests`, { ...refs, objects, madeBy }, opts);

  const rights = makeAwsRights(name, { cluster: refs.cluster, apps: settings.apps }, opts);
  const access = settings.mesh.access.default;
  // Counted only, it comes first: see `defaultAccess`.
  const counted = access === "dryRun" ? closeMesh(name, "dryRun", { settings, ...refs }, [], opts) : undefined;
  const made = new Map(
    apps.map((each) => {
      const { name: key, namespace } = each.app;
      const args = {
        ...refs,
        ...each,
        defaultAccess: counted?.closed,
        awsRights: rights.get(key),
        namespace: namespaces.of(namespace),
      };
      return [key, new App(`${name}-app-${key}`, args, opts)];
    }),
  );
  const closed =
    access === "deny" ? closeMesh(name, "enforced", { settings, ...refs }, [...made.values()], opts) : counted;
  // Who leaves by a gateway waits for what lets out there.
  if (leaveByGateways) outside(closed);
  return made;
}

/** What makes a namespace. No application lives in a gateway's: a name is of one of the two, or of neither. */
function makers(
  settings: Settings,
  { gateways, egressGateways }: Pick<ApplicationsArgs, "gateways" | "egressGateways">,
  namespaces: Namespaces,
) {
  const ofGateways = new Map([
    ...settings.gateways.map(({ key, namespace }) => [namespace, gateways.get(key)] as const),
    ...settings.egressGateways.map(({ key, namespace }) => [namespace, egressGateways.get(key)] as const),
  ]);
  return (name: string): readonly pulumi.Resource[] => {
    const gateway = ofGateways.get(name);
    return gateway ? [gateway.namespace] : namespaces.of(name).ready;
  };
}

function closeNamespaces(
  name: string,
  { settings, apps, cluster, mesh }: ApplicationsArgs,
  madeBy: (namespace: string) => readonly pulumi.Resource[],
  opts: pulumi.ComponentResourceOptions,
): void {
  const closed = closedNamespaces(settings);
  if (closed.length === 0) return;
  // Who else makes a namespace has until then to do so, as for the objects of the mesh.
  const orMesh = (ready: readonly pulumi.Resource[]) => (ready.length > 0 ? ready : [mesh.ready]);
  new NetworkPolicies(
    `${name}-network-policies`,
    {
      cluster,
      namespaces: closed,
      madeBy: (namespace) => orMesh(madeBy(namespace)),
      gateways: settings.gateways,
      egressGateways: settings.egressGateways,
      apps: apps.map(({ routing }) => routing),
    },
    opts,
  );
}

function closeMesh(
  name: string,
  enforcement: "enforced" | "dryRun",
  { settings, cluster, mesh, gateways, egressGateways }: Omit<ApplicationsArgs, "apps" | "controller" | "transform">,
  apps: readonly App[],
  opts: pulumi.ComponentResourceOptions,
): DefaultAccess {
  const open = settings.gateways.flatMap((each) => {
    const gateway = gateways.get(each.key);
    return gateway ? [{ settings: each, gateway }] : [];
  });
  const out = waysOut(settings).flatMap((wayOut) => {
    const gateway = egressGateways.get(wayOut.gateway.key);
    return gateway ? [{ wayOut, gateway }] : [];
  });
  return new DefaultAccess(`${name}-access`, { cluster, mesh, enforcement, gateways: open, waysOut: out, apps }, opts);
}
