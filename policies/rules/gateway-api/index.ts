import type { Rule } from "../../engine/rule";
import { backend } from "./backend";
import { certificate } from "./certificate";
import { grantNamespace } from "./grant-namespace";
import { hostname } from "./hostname";
import { listener } from "./listener";
import { parent } from "./parent";

/** Rules about Gateways and routes of the Gateway API. */
export const gatewayApiRules: readonly Rule[] = [backend, certificate, grantNamespace, hostname, listener, parent];
