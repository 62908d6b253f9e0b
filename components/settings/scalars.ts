import * as z from "zod";

/** A rule over a value, as zod's refine takes it: how it reads behind "it …", and what to do about it. */
export function rule(
  error: string,
  fix: string,
): { readonly error: string; readonly params: { readonly fix: string } } {
  return { error, params: { fix } };
}

/** The same for an issue that a check adds by itself, as its fix depends on the value. */
export function refusal(
  message: string,
  fix: string,
): { readonly code: "custom"; readonly message: string; readonly params: { readonly fix: string } } {
  return { code: "custom", message, params: { fix } };
}

/**
 * Strings with a syntax of their own. Each carries the rule as its error message, and an example that the
 * error's fix and the generated reference quote.
 */
function text(pattern: RegExp, rule: string, example: string) {
  return z
    .string()
    .regex(pattern, rule)
    .meta({ examples: [example] });
}

/** A name that Kubernetes and DNS accept as one label (RFC 1123). */
export const dnsLabel = text(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
  "checkout",
);

/** The name of a Kubernetes object, where no kind asks for less: a DNS subdomain (RFC 1123). */
export const objectName = text(
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  "must be the name of a Kubernetes object: lowercase letters, digits, hyphens and dots, 253 at most",
  "checkout-db",
);

/** A key in a Secret or ConfigMap. */
export const dataKey = text(
  /^(?!\.{1,2}$)[-._a-zA-Z0-9]{1,253}$/,
  "must be a key of a Secret: letters, digits, hyphens, underscores and dots, 253 at most",
  "password",
);

/** A DNS name of two labels or more, without a trailing dot. */
export const domainName = text(
  /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]{0,61}[a-z0-9]$/,
  "must be a DNS name in lowercase, without a scheme or a trailing dot",
  "example.com",
);

/** An IPv4 range such as `203.0.113.0/24`. */
export const ipv4Cidr = text(
  /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|(?=\/))){4}\/(3[0-2]|[12]?\d)$/,
  "must be an IPv4 range in CIDR notation",
  "203.0.113.0/24",
);

const durationSyntax = /^(\d+(\.\d+)?(h|ms|m|s))+$/;

const durationText = text(durationSyntax, "must be a duration: a number with one of the units ms, s, m, h", "10s");

/** Istio's and Go's duration: a number with a unit, e.g. `500ms`, `10s`, `1m30s`. */
export const duration = durationText.refine(
  (value) => !durationSyntax.test(value) || isPossible(value),
  rule("must be whole milliseconds, from 1ms to 8760h", 'Write it like "10s".'),
);

/** A duration that may be `0s`, where that has a meaning of its own. */
export const durationOrZero = durationText.refine(
  (value) => !durationSyntax.test(value) || value === "0s" || isPossible(value),
  rule("must be 0s, or whole milliseconds from 1ms to 8760h", 'Write it like "10s".'),
);

/** Whether Istio takes it: its webhook refuses durations that are shorter, longer or finer. */
function isPossible(value: string): boolean {
  const milliseconds = seconds(value) * 1000;
  return (
    milliseconds >= 1 && milliseconds <= 8760 * 3_600_000 && Math.abs(milliseconds - Math.round(milliseconds)) < 1e-6
  );
}

/** A Kubernetes label's key: a name, with or without a domain before it. */
export const labelKey = text(
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  "must be the key of a Kubernetes label",
  "app.kubernetes.io/name",
);

/** A Kubernetes label's value. */
export const labelValue = text(
  /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
  "must be the value of a Kubernetes label",
  "checkout",
);

/** Kubernetes labels. */
export const labels = z.record(labelKey, labelValue);

/** A Kubernetes service's name: a DNS label that begins with a letter (RFC 1035). */
export const serviceName = text(
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "must be a service's name: at most 63 lowercase letters, digits and hyphens, beginning with a letter",
  "checkout",
);

/** A path, of a URL or of a file. */
export const absolutePath = text(/^\//, 'must begin with "/"', "/health");

/** A Kubernetes amount of CPU: cores or millicores. */
export const cpu = text(/^(\d+m|\d+(\.\d+)?)$/, "must be an amount of CPU, in cores or millicores (m)", "500m");

/** A Kubernetes amount of memory. */
export const memory = text(/^\d+(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)$/, "must be an amount of memory with its unit", "256Mi");

/** An IAM role or user. */
export const principalArn = text(
  /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
  "must be the ARN of an IAM role or user",
  "arn:aws:iam::123456789012:role/platform",
);

/** How long CloudWatch keeps a log group's lines, in days: AWS takes these numbers only. */
export const retentionDays = z
  .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
  .describe("Days that CloudWatch keeps the lines; one of the numbers it accepts.");

/** A TCP port. */
export const port = z
  .int()
  .min(1)
  .max(65535)
  .meta({ examples: [8080] });

/** A percentage. */
export const percent = z.int().min(0).max(100);

const requests = z
  .strictObject({
    cpu: cpu.describe("CPU the scheduler reserves."),
    memory: memory.describe("Memory the scheduler reserves."),
  })
  .describe("What the scheduler reserves.");

/** CPU and memory of an Envoy whose chart has a CPU limit of its own: left out, that one would hold silently. */
export const proxyResources = z.strictObject({
  requests,
  limits: z
    .strictObject({
      cpu: cpu.describe("CPU above which the container is throttled."),
      memory: memory.describe("Memory above which the container is killed."),
    })
    .describe("What the container may not exceed."),
});

/** CPU and memory of a container. */
export const resources = z.strictObject({
  requests,
  limits: z
    .strictObject({
      cpu: cpu.optional().describe("CPU above which the container is throttled; none if left out."),
      memory: memory.describe("Memory above which the container is killed."),
    })
    .describe("What the container may not exceed."),
});

/** How many pods, and when the HorizontalPodAutoscaler adds one. */
export const replicas = z.strictObject({
  min: z.int().min(1).describe("Fewest pods."),
  max: z.int().min(1).describe("Most pods. Equal to `min`: a fixed number and no autoscaler."),
  cpu: z
    .int()
    .min(1)
    .max(100)
    .default(80)
    .describe("Average CPU use, in percent of the request, above which a pod is added."),
});

/** A duration in seconds: `1m30s` is 90. */
export function seconds(duration: string): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  let total = 0;
  for (const [, amount = "0", unit = "s"] of duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)) {
    total += Number(amount) * (units[unit] ?? 0);
  }
  return total;
}
