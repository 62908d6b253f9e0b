import { accepts, checkout, refuses } from "../verdicts";

const running = (image: string) => checkout({ workload: { image } });

describe("the image of a workload", () => {
  const digest = `sha256:${"0a".repeat(32)}`;
  for (const image of [
    "nginx:1.29",
    "registry.example.com:5000/team/checkout:1.4.2",
    `registry.example.com/checkout@${digest}`,
    `checkout:1.4.2@${digest}`,
  ]) {
    accepts(image, running(image));
  }

  for (const image of ["checkout", "checkout:latest", "registry.example.com:5000/checkout"]) {
    refuses(`${image}, which changes by itself`, running(image), {
      key: "eks-istio:apps.checkout.workload.image",
      value: image,
      rule: "must be an image with a fixed tag other than latest, or a digest",
      fix: 'Write it like "registry.example.com/checkout:1.4.2".',
    });
  }

  for (const image of ["https://registry.example.com/checkout:1.4.2", "registry.example.com/Checkout:1.4.2"]) {
    refuses(`${image}, which is no reference`, running(image), {
      key: "eks-istio:apps.checkout.workload.image",
      value: image,
      rule: "must be an image with a fixed tag other than latest, or a digest",
      fix: 'Write it like "registry.example.com/checkout:1.4.2".',
    });
  }

  accepts(
    "an image for each version",
    checkout({ versions: { v1: { weight: 100, image: "checkout:1" }, v2: { image: "checkout:2" } }, workload: {} }),
  );
  accepts(
    "one image for versions that name none",
    checkout({ versions: { v1: { weight: 100 }, v2: { image: "checkout:2" } }, workload: { image: "checkout:1" } }),
  );

  refuses("its absence without versions", checkout({ workload: {} }), {
    key: "eks-istio:apps.checkout.workload.image",
    value: undefined,
    rule: "is required where no versions name one",
    fix: "Set the image to run.",
  });

  refuses(
    "its absence in one of the versions",
    checkout({ versions: { v1: { weight: 100, image: "checkout:1" }, v2: {} }, workload: {} }),
    {
      key: "eks-istio:apps.checkout.versions.v2.image",
      value: undefined,
      rule: "is required, as workload names none",
      fix: "Set the image to run.",
    },
  );
});

describe("a version of an application", () => {
  for (const [key, value] of [
    ["image", "checkout:1"],
    ["env", { LOG_LEVEL: "info" }],
  ] as const) {
    refuses(`${key} where this stack runs no pods`, checkout({ versions: { v1: { [key]: value } } }), {
      key: `eks-istio:apps.checkout.versions.v1.${key}`,
      value,
      rule: "has no effect without workload: this stack runs no pods of it",
      fix: 'Add "workload", {} at the least, or remove it.',
    });
  }

  accepts(
    "variables of its own",
    checkout({ versions: { v1: { env: { LOG_LEVEL: "debug" } } }, workload: { image: "checkout:1" } }),
  );

  refuses(
    "labels beside a workload, which has its own",
    checkout({ versions: { v1: { labels: { track: "stable" } } }, workload: { image: "checkout:1" } }),
    {
      key: "eks-istio:apps.checkout.versions.v1.labels",
      value: { track: "stable" },
      rule: "has no effect beside workload, whose pods are labelled version: NAME",
      fix: 'Remove "labels".',
    },
  );
});
