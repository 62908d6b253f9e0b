import { parse } from "yaml";
import type { Inventory } from "../../../engine/inventory";
import { podTemplates } from "../../../facts/kubernetes/pods";
import { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { nearestOf } from "../../../schemas/mistakes";
import { isIstio } from "../../../schemas/schema";
import { istioTables } from "../../../schemas/tables";
import type { Value } from "../../../engine/value";

/** Istio's annotations are ones that it has, where it reads them, with values that it takes. */
export const annotation: Rule = {
  id: "IST-ANNOTATION",
  severity: "mandatory",
  title: "annotations of Istio's are where Istio reads them, and mean something",
  why: "Istio passes over an annotation with a typo, on the wrong object or with a broken value, or refuses to inject the sidecar.",
  fix: "Write the annotation as Istio's reference has it; those of pods belong in the template's metadata.",
  codes: ["IST0107", "IST0108", "IST0125", "IST0135"],
  docs: "https://istio.io/latest/docs/reference/config/annotations/",

  judge: (inventory, check) =>
    check.each(inventory.once(annotated), ({ kind, annotations, labels }) =>
      check.each(annotations.entries(), ([name, value]) => {
        // Others' annotations are none of this rule's business.
        if (isIstio(name.split("/")[0] ?? "")) judge({ kind, name, value, labels }, check);
      }),
    ),
};

interface Annotated {
  readonly resource: KubernetesObject;
  /** `Pod` for a template. */
  readonly kind: string;
  readonly annotations: Value;
  readonly labels: Value;
}

function annotated(inventory: Inventory): Annotated[] {
  const objects = inventory.resources.flatMap((one) =>
    one instanceof KubernetesObject && judged.has(one.kind) ? [part(one, one.kind, one.get("metadata"))] : [],
  );
  const templates = podTemplates(inventory).filter(({ resource }) => resource.kind !== "Pod");
  return [...objects, ...templates.map(({ resource, template }) => part(resource, "Pod", template.get("metadata")))];
}

function part(resource: KubernetesObject, kind: string, metadata: Value): Annotated {
  return { resource, kind, annotations: metadata.get("annotations"), labels: metadata.get("labels") };
}

const judged = new Set([
  "AuthorizationPolicy",
  "CronJob",
  "DaemonSet",
  "Deployment",
  "Gateway",
  "Ingress",
  "Job",
  "Namespace",
  "Pod",
  "ReplicaSet",
  "Rollout",
  "Service",
  "ServiceEntry",
  "StatefulSet",
  "VirtualService",
  "WorkloadEntry",
]);

interface Found {
  readonly kind: string;
  readonly name: string;
  readonly value: Value;
  readonly labels: Value;
}

function judge({ kind, name, value, labels }: Found, check: Check): void {
  // istiod writes these itself.
  if (automatic.has(name)) return;
  const { annotations } = istioTables();
  const known = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  if (!known) {
    const nearest = nearestName(name, Object.keys(annotations));
    check.violation(value, {
      message: `Istio has no annotation ${name}: it does nothing.`,
      fix: nearest === undefined ? "Look it up in Istio's reference, or take it out." : `Did you mean ${nearest}?`,
      // A newer Istio may have it.
      ...(nearest === undefined && { severity: "advisory" }),
    });
    return;
  }
  if (!known.on.includes("Any") && !known.on.includes(kind)) {
    check.violation(value, {
      message: `annotation ${name} is for a ${known.on.join(" or a ")}: on this ${kind} it does nothing.`,
      fix: known.on.includes("Pod")
        ? "Put it into the metadata of the pods, spec.template.metadata.annotations of what makes them."
        : `Put it on the ${known.on.join(" or the ")}.`,
    });
    return;
  }
  if (known.deprecated && !labels.get(name).exists)
    check.violation(value, {
      message: `Istio gives the annotation ${name} up.`,
      fix:
        name === "sidecar.istio.io/inject"
          ? "Write it as a label of the pods."
          : "Use what its reference names instead.",
      severity: "advisory",
    });
  const text = value.text() ?? "";
  const field = name === "proxy.istio.io/config" ? unknownField(text) : undefined;
  if (field)
    check.violation(value, {
      message: `annotation ${name} sets ${field.name}, which ProxyConfig doesn't have: it does nothing.`,
      fix: field.fix,
    });
  const wanted = problem(name, text);
  if (wanted !== undefined)
    check.violation(value, {
      message: `annotation ${name} is "${text}", which Istio refuses: the pods get no sidecar.`,
      fix: `Write ${wanted}.`,
    });
}

/** Names that share a long beginning are near each other in any case: what counts is the end. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  const end = (text: string) => text.split("/")[1] ?? "";
  const nearest = nearestOf(end(name), names.map(end));
  return names.find((one) => end(one) === nearest);
}

const automatic = new Set(["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"]);

/** What a value must be instead; undefined if it may stay. As `AnnotationValidation` of Istio's injector decides. */
function problem(name: string, value: string): string | undefined {
  const key = name.split("/")[1] ?? "";
  if (name === "proxy.istio.io/config") return isMap(yaml(value)) ? undefined : "a map of ProxyConfig's fields";
  if (key === "interceptionMode")
    return one(["REDIRECT", "TPROXY", "NONE"].includes(value), "REDIRECT, TPROXY or NONE");
  if (key === "merge-metrics") return one(/^(1|0|t|f|true|false)$/i.test(value), '"true" or "false"');
  if (/^(initialDelaySeconds|periodSeconds|failureThreshold)$/.test(key))
    return one(/^\d+$/.test(value), "a whole number");
  if (name === "status.sidecar.istio.io/port") return one(isPort(value), "a port");
  if (/^(include|exclude)(In|Out)boundPorts$/.test(key))
    return one(
      (value === "*" && key === "includeInboundPorts") || isList(value, isPort),
      "ports with commas between them",
    );
  if (key.endsWith("OutboundIPRanges"))
    return one(
      (value === "*" && key.startsWith("include")) || isList(value, (range) => /^[\da-f.:]+\/\d+$/i.test(range)),
      "ranges such as 10.0.0.0/8 with commas between them",
    );
  if (/^proxy(CPU|Memory)(Limit)?$/.test(key))
    return one(/^[+-]?[0-9.]+([eEinumkKMGTP]*[-+]?[0-9]*)$/.test(value), 'an amount such as "100m" or "128Mi"');
  return undefined;
}

function one(isFine: boolean, wanted: string): string | undefined {
  return isFine ? undefined : wanted;
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) <= 65_535;
}

function isList(text: string, isFine: (entry: string) => boolean): boolean {
  return text.trim() === "" || text.split(",").every(isFine);
}

/** A key of a ProxyConfig that Istio drops. */
function unknownField(text: string): { readonly name: string; readonly fix: string } | undefined {
  const config = yaml(text);
  const proxyConfig = Object.keys(istioTables().messages.ProxyConfig ?? {});
  const name = isMap(config) ? Object.keys(config).find((key) => !proxyConfig.includes(camel(key))) : undefined;
  if (name === undefined) return undefined;
  const nearest = nearestOf(name, proxyConfig);
  return { name, fix: nearest === undefined ? "Take it out." : `Did you mean ${nearest}?` };
}

function yaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Protobuf takes its own spelling as well. */
function camel(key: string): string {
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
