import assert from "node:assert/strict";
import { judge } from "../../policies/judge";
import type { Finding } from "../../policies/engine/evaluate";
import { fromYaml } from "../../policies/sources/yaml";

/** A shop behind a gateway, whose objects refer to each other as they should. */
const shop = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, version: v1}}
    spec:
      serviceAccountName: web
      containers: [{name: web, image: "x/web:1", ports: [{containerPort: 8080}]}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api, version: v1}}
    spec:
      serviceAccountName: api
      containers: [{name: api, image: "x/api:1", ports: [{containerPort: 8080}]}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: api, namespace: shop}
---
apiVersion: v1
kind: Namespace
metadata: {name: ingress, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: gw, namespace: ingress}
spec:
  replicas: 2
  selector: {matchLabels: {istio: ingress}}
  template:
    metadata: {labels: {istio: ingress}, annotations: {inject.istio.io/templates: gateway}}
    spec:
      serviceAccountName: gw
      containers: [{name: istio-proxy, image: auto}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: gw, namespace: ingress}
---
apiVersion: v1
kind: Service
metadata: {name: gw, namespace: ingress}
spec: {type: LoadBalancer, selector: {istio: ingress}, ports: [{name: http2, port: 80, targetPort: 8080}, {name: https, port: 443, targetPort: 8443}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: main, namespace: ingress}
spec:
  selector: {istio: ingress}
  servers: 
    - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.com], tls: {mode: SIMPLE, credentialName: shop-cert}}
---
apiVersion: v1
kind: Secret
metadata: {name: shop-cert, namespace: ingress}
type: kubernetes.io/tls
data: {tls.crt: YQ==, tls.key: YQ==}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [ingress/main]
  http:
    - route: [{destination: {host: web, subset: v1, port: {number: 80}}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web-mesh, namespace: shop}
spec:
  hosts: [web]
  http:
    - route: [{destination: {host: web, subset: v1, port: {number: 80}}}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec:
  host: web
  trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}
  subsets: [{name: v1, labels: {version: v1}}]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: istio-system}
spec: {mtls: {mode: STRICT}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  rules: [{from: [{source: {principals: [cluster.local/ns/ingress/sa/gw]}}], to: [{operation: {ports: ["8080"]}}]}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 4, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;

/** Findings about anything but how the shop's pods are written. */
function about(text: string): string[] {
  const { findings } = judge(fromYaml(text, "shop.yaml").resources);
  return findings.map(worded);
}

function worded({ rule, resource, also = [] }: Finding): string {
  return [`${rule} ${resource}`, ...also.map((one) => `${one.rule} ${one.resource}`)].join(" < ");
}

/** What is found once one text in the shop stands for another, and wasn't before. */
function after(changes: readonly (readonly [old: string, now: string])[]): string[] {
  const known = new Set(about(shop));
  let text = shop;
  for (const [old, now] of changes) {
    assert.ok(text.includes(old), old);
    text = text.replace(old, now);
  }
  return about(text).filter((one) => !known.has(one));
}

const service = "kind: Service\nmetadata: {name: web,";

describe("one mistake is one finding", () => {
  for (const [name, changes, expected] of [
    [
      "a Service's name",
      [[service, service.replace("web", "webb")]],
      [
        "IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh < IST-DESTINATION-HOST DestinationRule shop/web",
      ],
    ],
    [
      "a DestinationRule's host",
      [["  host: web\n", "  host: wbe\n"]],
      [
        "IST-DESTINATION-HOST DestinationRule shop/web < IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh",
      ],
    ],
    [
      "a subset's name",
      [["subsets: [{name: v1,", "subsets: [{name: v2,"]],
      ["IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh"],
    ],
    [
      "a Service's port",
      [
        [
          "selector: {app: web}, ports: [{name: http, port: 80,",
          "selector: {app: web}, ports: [{name: http, port: 81,",
        ],
      ],
      ["IST-ROUTE-PORT VirtualService shop/web < IST-ROUTE-PORT VirtualService shop/web-mesh"],
    ],
    [
      "the labels of a workload's pods",
      [["metadata: {labels: {app: web,", "metadata: {labels: {app: wbe,"]],
      [
        "K8S-SELECTOR Deployment shop/web < K8S-SERVICE-PODS Service shop/web < IST-POLICY-SELECTOR AuthorizationPolicy shop/web",
        // The policy allows nothing any more.
        "IST-AUTHZ-DEFAULT Deployment shop/web",
      ],
    ],
    [
      "the labels of a gateway's pods",
      [
        ["matchLabels: {istio: ingress}", "matchLabels: {istio: ingres}"],
        ["labels: {istio: ingress}", "labels: {istio: ingres}"],
      ],
      ["K8S-SERVICE-PODS Service ingress/gw < IST-GATEWAY-SELECTOR Gateway ingress/main"],
    ],
    [
      "a namespace's label for injection",
      [["{name: shop, labels: {istio-injection: enabled}}", "{name: shop, labels: {istio-injectoin: enabled}}"]],
      ["IST-INJECTION Namespace shop < IST-AUTHZ-UNENFORCED AuthorizationPolicy shop/web"],
    ],
    [
      "the label of a gateway's namespace",
      [["{name: ingress, labels: {istio-injection: enabled}}", "{name: ingress}"]],
      ["IST-INJECTION Namespace ingress < IST-IMAGE-AUTO Deployment ingress/gw"],
    ],
    ["a mode of mutual TLS", [["mode: STRICT", "mode: STRCT"]], ["K8S-SCHEMA PeerAuthentication istio-system/default"]],
    [
      "failover that nothing triggers",
      [
        [
          "loadBalancer: {simple: LEAST_REQUEST}",
          "loadBalancer: {localityLbSetting: {failover: [{from: eu-west-1, to: eu-west-2}]}}",
        ],
      ],
      ["IST-DESTINATION-BALANCE DestinationRule shop/web"],
    ],
  ] as const)
    it(`in ${name}`, () => assert.deepEqual(after(changes), expected));

  it("and two are two", () => {
    assert.deepEqual(
      after([
        [service, service.replace("web", "webb")],
        ["hosts: [shop.example.com]\n", "hosts: [shp.example.com]\n"],
      ]),
      [
        "IST-ROUTE-DESTINATION VirtualService shop/web < IST-ROUTE-DESTINATION VirtualService shop/web-mesh < IST-DESTINATION-HOST DestinationRule shop/web",
        "IST-GATEWAY-HOST VirtualService shop/web",
      ],
    );
  });
});
