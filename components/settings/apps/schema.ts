import * as z from "zod";
import { defaults } from "../defaults";
import { accessRule } from "./access";
import { awsRights } from "./aws-rights";
import { calls } from "./calls";
import { headers } from "./headers";
import { hosts } from "./hosts";
import { jwtRule } from "./jwt";
import { rateLimit } from "../rate-limits/schema";
import { retries } from "./retries";
import { route } from "./routes";
import { dnsLabel, domainName, duration, labels, port, rule, serviceName } from "../scalars";
import { portLevelSettings, trafficPolicy } from "./traffic-policy";
import { version, workload } from "./workload";

/** One application: one entry in the stack file, and all it needs to be reached. */
export const app = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .meta({ examples: ["checkout"] })
      .optional()
      .describe(
        'First label of its public name: `checkout` is reached at `https://checkout.DOMAIN`, `"@"` at the domain itself. None: reached from inside the mesh only.',
      ),
    domain: domainName.optional().describe("Which of the stack's domains `host` belongs to. Default: `domain.name`."),
    hosts,
    namespace: dnsLabel.describe("Its Kubernetes namespace, which is created unless `namespaces` says otherwise."),
    service: serviceName.optional().describe("Its Kubernetes service. Default: the application's name."),
    port: port.describe("The service's port."),
    protocol: z.enum(["http", "http2", "grpc"]).default(defaults.app.protocol).describe("What the service speaks."),
    versions: z
      .record(dnsLabel, version)
      .default({})
      .describe("Versions by name, each a subset of the service's pods; weights add up to 100."),
    routes: z
      .array(route)
      .default([])
      .describe("Routes, first match first. What none of them matches goes to the versions by weight."),
    timeout: duration.optional().describe("Timeout of a request, tries included."),
    retries: retries.optional(),
    headers: headers.optional().describe("Headers to change on every route."),
    rateLimit: rateLimit(
      "Limits what each of its pods gets, whoever calls: its sidecar counts what `access` lets in.",
    ).optional(),
    ...trafficPolicy,
    portLevelSettings,
    selector: labels
      .optional()
      .describe(
        "Labels of its pods, where others deploy them: rules of who may call it hold for these. Default: `app: SERVICE`.",
      ),
    serviceAccount: dnsLabel
      .optional()
      .describe(
        "ServiceAccount of its pods, where others deploy them: who it is when it calls others. Default: the application's name.",
      ),
    jwt: z
      .array(jwtRule)
      .min(1)
      .optional()
      .describe(
        "Issuers whose tokens it takes. An invalid token is refused with 401. Rules of `access` then require a token, and without such rules every request needs one.",
      ),
    access: z
      .array(accessRule)
      .min(1)
      .optional()
      .describe("Who may call it; any rule that fits lets in. None: what `mesh.access.default` says."),
    calls: calls.optional(),
    aws: awsRights.optional(),
    workload: workload.optional(),
  })
  .describe("An application.");

/** The most that one stack is measured with; teams of that size have several stacks. */
const mostApps = 5000;

export const apps = z
  .record(dnsLabel, app)
  .default({})
  .refine(
    (all) => Object.keys(all).length <= mostApps,
    rule(`must be at most ${mostApps} applications`, "Spread them over several stacks."),
  )
  .describe("The applications, by name.");

export type AppInput = z.infer<typeof app>;

/** A public name of an application, and the gateway that serves it. */
export interface AppHost {
  /** E.g. `checkout.example.com`. */
  readonly hostname: string;
  /** The gateway's key in the stack file. */
  readonly gateway: string;
}

/** How an application's pods are found, and who they are in the mesh. */
export interface AppPods {
  /** Labels that all of its pods have, and no others of the namespace. */
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
}

/** An application with every name filled in. */
export interface AppSettings extends Omit<AppInput, "host" | "domain" | "hosts" | "selector" | "serviceAccount"> {
  readonly name: string;
  readonly service: string;
  readonly pods: AppPods;
  /** Its public names; none for an application inside the mesh. */
  readonly hosts: readonly AppHost[];
}
