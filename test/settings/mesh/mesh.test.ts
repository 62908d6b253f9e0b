import { accepts, cluster, mesh, refuses } from "../verdicts";

describe("Istio's version against the cluster's", () => {
  accepts("Istio 1.29 with Kubernetes 1.35", mesh({ version: "1.29.3" }));
  accepts("Istio 1.30 with Kubernetes 1.36", { ...cluster({ version: "1.36" }), ...mesh({ version: "1.30.0" }) });

  refuses(
    "Istio 1.29 with Kubernetes 1.36",
    { ...cluster({ version: "1.36" }), ...mesh({ version: "1.29.3" }) },
    {
      key: "eks-istio:mesh.version",
      value: "1.29.3",
      rule: "does not support Kubernetes 1.36: Istio 1.29 runs on 1.31, 1.32, 1.33, 1.34, 1.35",
      fix: "Use an Istio that does: 1.31, 1.30.",
    },
  );

  refuses("Istio 1.20, which is no longer supported", mesh({ version: "1.20.8" }), {
    key: "eks-istio:mesh.version",
    value: "1.20.8",
    rule: "is not an Istio this project supports (1.31, 1.30, 1.29)",
    fix: "Write a version of 1.31.",
  });

  for (const version of ["1.31", "v1.31.1", "latest"]) {
    refuses(`a version that isn't full, ${version}`, mesh({ version }), {
      key: "eks-istio:mesh.version",
      value: version,
      rule: "must be a full Istio version",
      fix: 'Write it like "1.31.1".',
    });
  }

  refuses("a version without quotes", mesh({ version: 1.31 }), {
    key: "eks-istio:mesh.version",
    value: 1.31,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Write it like "1.31.1".',
  });
});

describe("where Istio's charts come from", () => {
  for (const repository of ["https://mirror.example.com/istio", "oci://registry.example.com/charts"]) {
    accepts(repository, mesh({ repository }));
  }

  for (const repository of ["http://mirror.example.com/istio", "charts"]) {
    refuses(repository, mesh({ repository }), {
      key: "eks-istio:mesh.repository",
      value: repository,
      rule: "must be a Helm repository (https://), an OCI registry (oci://), or a folder (./, ../ or /)",
      fix: 'Write it like "https://blob.istio.io/istio-release/charts".',
    });
  }
});

describe("the revision", () => {
  accepts("a revision in Istio's spelling", mesh({ revision: "1-31-1" }));
  refuses("a revision with dots", mesh({ revision: "1.31.1" }), {
    key: "eks-istio:mesh.revision",
    value: "1.31.1",
    rule: "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
    fix: 'Write it like "checkout".',
  });
});

describe("the revision's name", () => {
  accepts("a name of 56 characters", mesh({ revision: "r".repeat(56) }));
  refuses("a name of 57 characters, with which istiod's would pass 63", mesh({ revision: "r".repeat(57) }), {
    key: "eks-istio:mesh.revision",
    value: "r".repeat(57),
    rule: "must have at most 56 characters",
    fix: "Write 56 characters or fewer.",
  });
  refuses("default, which Istio keeps", mesh({ revision: "default" }), {
    key: "eks-istio:mesh.revision",
    value: "default",
    rule: "is what Istio calls a control plane without a revision: its webhooks would call that one, which isn't there",
    fix: 'Leave it out, or write another, e.g. "stable".',
  });
});

describe("istiod and the sidecars", () => {
  const requests = { cpu: "500m", memory: "2Gi" };

  accepts("a fixed number of istiods", mesh({ istiod: { replicas: { min: 3, max: 3 } } }));
  refuses("more replicas of istiod at least than at most", mesh({ istiod: { replicas: { min: 3, max: 2 } } }), {
    key: "eks-istio:mesh.istiod.replicas.min",
    value: 3,
    rule: "must not be larger than max, 2",
    fix: "Lower min or raise max.",
  });
  refuses("no replica of istiod", mesh({ istiod: { replicas: { min: 0, max: 2 } } }), {
    key: "eks-istio:mesh.istiod.replicas.min",
    value: 0,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });

  accepts("a limit that is the request", mesh({ istiod: { resources: { requests, limits: requests } } }));
  refuses(
    "a CPU limit of istiod below its request",
    mesh({ istiod: { resources: { requests, limits: { cpu: "0.4", memory: "2Gi" } } } }),
    {
      key: "eks-istio:mesh.istiod.resources.limits.cpu",
      value: "0.4",
      rule: "must not be smaller than the request, 500m: Kubernetes refuses the pod",
      fix: "Write 500m or more.",
    },
  );
  refuses(
    "a memory limit of the sidecars below their request",
    mesh({ proxy: { resources: { requests, limits: { cpu: "2", memory: "2G" } } } }),
    {
      key: "eks-istio:mesh.proxy.resources.limits.memory",
      value: "2G",
      rule: "must not be smaller than the request, 2Gi: Kubernetes refuses the pod",
      fix: "Write 2Gi or more.",
    },
  );

  accepts("istiod without a CPU limit", mesh({ istiod: { resources: { requests, limits: { memory: "2Gi" } } } }));
  accepts(
    "sidecars with a CPU limit of their own",
    mesh({ proxy: { resources: { requests, limits: { cpu: "4", memory: "2Gi" } } } }),
  );
  refuses(
    "sidecars without a CPU limit, for which the chart's own would hold",
    mesh({ proxy: { resources: { requests, limits: { memory: "2Gi" } } } }),
    {
      key: "eks-istio:mesh.proxy.resources.limits.cpu",
      value: undefined,
      rule: "is required",
      fix: 'Set it, e.g. "500m".',
    },
  );

  refuses(
    "an amount of CPU in words",
    mesh({ proxy: { resources: { requests: { cpu: "half", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } } } }),
    {
      key: "eks-istio:mesh.proxy.resources.requests.cpu",
      value: "half",
      rule: "must be an amount of CPU, in cores or millicores (m)",
      fix: 'Write it like "500m".',
    },
  );
  refuses(
    "an amount of memory in megabytes (MB)",
    mesh({ proxy: { resources: { requests: { cpu: "1", memory: "128MB" }, limits: { cpu: "2", memory: "1Gi" } } } }),
    {
      key: "eks-istio:mesh.proxy.resources.requests.memory",
      value: "128MB",
      rule: "must be an amount of memory with its unit",
      fix: 'Write it like "256Mi".',
    },
  );

  accepts(
    "Envoy's own log level",
    mesh({ proxy: { logLevel: "debug", concurrency: 0, drain: "90s", holdUntilReady: false } }),
  );
  refuses("another system's log level", mesh({ proxy: { logLevel: "warn" } }), {
    key: "eks-istio:mesh.proxy.logLevel",
    value: "warn",
    rule: "must be one of trace, debug, info, warning, error, critical, off",
    fix: 'Did you mean "warning"?',
  });
});
