import type * as z from "zod";
import { apps } from "./apps/schema";
import { appsFrom } from "./apps-from/schema";
import { cluster } from "./cluster/schema";
import { domain } from "./domain/schema";
import { external } from "./external/schema";
import { gateways } from "./gateways/schema";
import { manifests } from "./manifests/schema";
import { mesh } from "./mesh/schema";
import { namespaces } from "./namespaces/schema";
import { network } from "./network/schema";
import { tags } from "./tags/schema";

/**
 * The sections of the stack file, each under `eks-istio:NAME`.
 *
 * Every section but `domain` and `cluster` may be left out.
 */
export const sections = {
  domain,
  network: network.prefault({}),
  cluster,
  mesh: mesh.prefault({}),
  gateways,
  namespaces,
  external,
  apps,
  appsFrom,
  manifests,
  tags,
};

export type SectionName = keyof typeof sections;

/** The parsed sections, before defaults that depend on one another are filled in. */
export type Sections = { readonly [Name in SectionName]: z.infer<(typeof sections)[Name]> };
