import type { Loose, StackDraft } from "../../stack";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** The gateway's Service in a sample stack. */
export function service(stack: StackDraft): Loose {
  return stack.object("Service", "istio-ingress", "istio-ingress");
}

/** Sets the load balancer's annotations; `undefined` takes one out. */
export function annotate(stack: StackDraft, annotations: Readonly<Record<string, string | undefined>>): void {
  const own = service(stack).metadata.annotations;
  for (const [suffix, value] of Object.entries(annotations)) {
    if (value === undefined) Reflect.deleteProperty(own as object, prefix + suffix);
    else own[prefix + suffix] = value;
  }
}

/** The servers of the Gateway: the first redirects, the second serves. */
export function servers(stack: StackDraft): Loose {
  return stack.object("Gateway", "istio-ingress", "wildcard").spec.servers;
}

/** The VirtualService of a public host. */
export function productpage(stack: StackDraft): Loose {
  return stack.object("VirtualService", "bookinfo", "productpage.ingress").spec;
}

/** The Release of the gateway's pods. */
export function gatewayRelease(stack: StackDraft): Loose {
  const found = stack.resources.find(({ properties }) => properties.chart === "gateway");
  return found?.properties;
}

/** Changes what a resource waits for. */
export function waitFor(stack: StackDraft, name: string, change: (urns: readonly string[]) => readonly string[]): void {
  stack.resources = stack.resources.map((one) =>
    one.name === name || (one.properties as Loose).metadata?.name === name
      ? { ...one, dependencies: change(one.dependencies) }
      : one,
  );
}

/** The URN of a resource. */
export function urnOf(stack: StackDraft, type: string, name?: string): string {
  const found = stack.resources.find((one) => one.type === type && (name === undefined || one.name === name));
  return found?.urn ?? "";
}

/** Adds a resource that waits for others, and gives its URN. */
export function addWaiting(
  stack: StackDraft,
  type: string,
  name: string,
  properties: object,
  dependencies: readonly string[],
): string {
  stack.addResource(type, name, properties);
  const own = stack.resources.pop();
  if (own) stack.resources.push({ ...own, dependencies });
  return own?.urn ?? "";
}
