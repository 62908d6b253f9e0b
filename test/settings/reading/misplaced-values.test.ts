import type { Problem } from "../../../components/settings/errors";
import { checkout, domain, mesh, network, refuses } from "../verdicts";

const noMap = (place: string, value: unknown, fix: string): Problem => ({
  key: `eks-istio:${place}`,
  value,
  rule: "must be a map of keys and values",
  fix,
});

describe("a text where a map belongs is answered with the map:", () => {
  for (const [text, meant] of [
    ["LEAST_CONN", "LEAST_REQUEST"],
    ["RANDOM", "RANDOM"],
    ["ROUND-ROBIN", "ROUND_ROBIN"],
  ] as const)
    refuses(
      `loadBalancer: ${text}`,
      checkout({ loadBalancer: text }),
      noMap("apps.checkout.loadBalancer", text, `Write {simple: ${meant}}.`),
    );

  refuses(
    "any other load balancer",
    checkout({ loadBalancer: "nlb" }),
    noMap("apps.checkout.loadBalancer", "nlb", "Write a map, e.g. {simple: LEAST_REQUEST}."),
  );
  refuses("mutual TLS", mesh({ mtls: "STRICT" }), noMap("mesh.mtls", "STRICT", "Write {mode: STRICT}."));
  refuses(
    "an image",
    checkout({ workload: "checkout:1.4.2" }),
    noMap("apps.checkout.workload", "checkout:1.4.2", "Write {image: checkout:1.4.2}."),
  );
  refuses(
    "the id of a VPC",
    network({ existing: "vpc-0123456789abcdef0" }),
    noMap("network.existing", "vpc-0123456789abcdef0", "Write {vpcId: vpc-0123456789abcdef0}."),
  );
  refuses(
    "a domain's name",
    { ...domain({}), "eks-istio:domain": "example.org" },
    noMap("domain", "example.org", "Write {name: example.org}."),
  );
});

describe("keys of an entry beside its name", () => {
  refuses(
    "that are not indented below it",
    { "eks-istio:apps": { checkout: null, port: 8080 } },
    noMap("apps.checkout", null, "Write a map of keys and values."),
    noMap(
      "apps.port",
      8080,
      '"port" is a key of an entry: write it below the entry\'s name, indented by two more spaces.',
    ),
  );
});
