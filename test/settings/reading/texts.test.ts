import { accepts, checkout, refuses } from "../verdicts";

const workload = (own: object) => checkout({ workload: { image: "registry.example.com/shop:1", ...own } });
const annotations = (value: string) => ({ serviceAccount: { annotations: { "example.com/a": value } } });

describe("texts of a stack file", () => {
  for (const [place, own, value] of [
    ["workload.env.A", workload({ env: { A: "a\0b" } }), "a\0b"],
    ["workload.args[1]", workload({ args: ["a", "\0"] }), "\0"],
    ["headers.request.set.x-a", checkout({ headers: { request: { set: { "x-a": "a\0" } } } }), "a\0"],
  ] as const)
    refuses(`a NUL in ${place}`, own, {
      key: `eks-istio:apps.checkout.${place}`,
      value,
      rule: "has a NUL in it, which ends a text for the programs that read it",
      fix: "Remove the character \\0. Binary data belongs into a Secret.",
    });

  accepts("other control characters", workload({ env: { A: "a\u001b\tb\n" } }));
  accepts("annotations as long as Kubernetes takes them", workload(annotations("a".repeat(256 * 1024 - 13))));
  refuses("annotations of more bytes than Kubernetes takes", workload(annotations("a".repeat(256 * 1024 - 12))), {
    key: "eks-istio:apps.checkout.workload.serviceAccount.annotations",
    value: { "example.com/a": "a".repeat(256 * 1024 - 12) },
    rule: "must have at most 262144 bytes, keys and values together: Kubernetes takes no more",
    fix: "Shorten them.",
  });
});
