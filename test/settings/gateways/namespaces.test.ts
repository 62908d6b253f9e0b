import { accepts, apps, domain, refuses, type Keys } from "../verdicts";

/** A gateway for `example.com` with a list, and one for `corp.example.com` without. */
function stack(namespaces: readonly string[], entries: Readonly<Record<string, object>>): Keys {
  return {
    ...domain({ gateway: "public", additional: [{ name: "corp.example.com", gateway: "internal" }] }),
    "eks-istio:gateways": { public: { namespaces }, internal: { scheme: "internal" } },
    ...apps(entries),
  };
}

describe("the namespaces that a gateway takes hosts from", () => {
  accepts(
    "those of its applications and others",
    stack(["shop", "teams"], {
      web: { host: "web" },
      inner: { namespace: "inner" },
      desk: { host: "desk", domain: "corp.example.com", namespace: "desk" },
    }),
  );

  for (const [what, host] of [
    ["a host", { host: "web" }],
    ["one of several hosts", { hosts: [{ host: "desk", domain: "corp.example.com" }, "web"] }],
  ] as const)
    refuses(`an application that has ${what} on it and isn't among them`, stack(["catalog"], { web: host }), {
      key: "eks-istio:apps.web.namespace",
      value: "shop",
      rule: "is not among gateways.public.namespaces (catalog), which its hosts are on: they would answer 404",
      fix: "Add it there, or move the application into one of these.",
    });

  refuses(
    "an application on the only gateway, which no domain names",
    { "eks-istio:gateways": { default: { namespaces: ["catalog"] } }, ...apps({ web: { host: "web" } }) },
    {
      key: "eks-istio:apps.web.namespace",
      value: "shop",
      rule: "is not among gateways.default.namespaces (catalog), which its hosts are on: they would answer 404",
      fix: "Add it there, or move the application into one of these.",
    },
  );

  refuses("one that is named twice", stack(["shop", "shop"], {}), {
    key: "eks-istio:gateways.public.namespaces[1]",
    value: "shop",
    rule: "stands in the list already",
    fix: "Remove one of them.",
  });

  refuses("none, which would serve nobody", stack([], {}), {
    key: "eks-istio:gateways.public.namespaces",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });

  refuses("no second problem about a list with a mistake of its own", stack(["Catalog"], { web: { host: "web" } }), {
    key: "eks-istio:gateways.public.namespaces[0]",
    value: "Catalog",
    rule: "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
    fix: 'Write it like "checkout".',
  });
});
