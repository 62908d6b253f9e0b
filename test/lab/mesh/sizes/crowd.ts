import type { StackFile } from "../../charts/stacks";
import type { KubernetesObject } from "../../cluster/api";
import type { Subscriber } from "./subscriber";

const shop = "shop";

/** The two that are measured: they are the same, but one says what it calls. */
export const callers: Readonly<Record<"scoped" | "open", Subscriber>> = {
  scoped: subscriber("scoped", "10.1.0.1"),
  open: subscriber("open", "10.1.0.2"),
};

function subscriber(app: string, address: string): Subscriber {
  return { name: `${app}-v1-0`, namespace: shop, address, labels: { app, version: "v1" } };
}

const teams = 10;

/** Applications that others deploy, spread over namespaces; every second one has a canary, and with it rules of its own. */
function others(count: number): Record<string, object> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `app-${index}`,
      {
        namespace: `team-${index % teams}`,
        port: 8080,
        ...(index % 2 === 0 && { versions: { v1: { weight: 90 }, v2: { weight: 10 } }, timeout: "5s" }),
      },
    ]),
  );
}

/** A stack of so many applications, of which two call. */
export function crowd(services: number): StackFile {
  const caller = { namespace: shop, port: 8080 };
  return {
    "aws:region": "ap-northeast-2",
    "eks-istio:domain": { name: "example.com" },
    "eks-istio:cluster": { version: "1.35" },
    "eks-istio:apps": {
      scoped: { ...caller, calls: ["app-0", "app-1", "app-2"] },
      open: caller,
      ...others(services - Object.keys(callers).length),
    },
  };
}

interface App {
  readonly namespace: string;
  readonly port: number;
}

/** The Services of a stack's applications, each with two endpoints and no pods. */
export function servicesOf(stack: StackFile): readonly KubernetesObject[] {
  const apps = Object.entries(stack["eks-istio:apps"] as Readonly<Record<string, App>>);
  return apps.flatMap(([name, { namespace, port }], index) => {
    const ports = [{ name: "http", port }];
    const own =
      name in callers ? [callers[name as keyof typeof callers].address] : [0, 1].map((pod) => address(index, pod));
    return [
      { apiVersion: "v1", kind: "Service", metadata: { name, namespace }, spec: { ports } },
      {
        apiVersion: "discovery.k8s.io/v1",
        kind: "EndpointSlice",
        metadata: { name, namespace, labels: { "kubernetes.io/service-name": name } },
        addressType: "IPv4",
        ports,
        endpoints: own.map((each) => ({ addresses: [each], conditions: { ready: true } })),
      },
    ];
  });
}

function address(index: number, pod: number): string {
  return `10.2.${Math.floor(index / 100)}.${(index % 100) * 2 + pod + 1}`;
}
