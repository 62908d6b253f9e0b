import { closest } from "fastest-levenshtein";
import type { Inventory } from "../../engine/inventory";
import type { Check, Rule } from "../../engine/rule";
import { wrongValue } from "../../facts/causes";
import type { Value } from "../../engine/value";
import { balancers, type Balancer } from "../../facts/edge/balancer";
import {
  balancerAttributes,
  knownAnnotations,
  targetGroupAttributes,
  type AnnotationKind,
} from "../../facts/edge/annotation-table";
import { subnetCount } from "../../facts/edge/subnets";

/** Annotations on a load balancer's Service have values that the controller and AWS take. */
export const nlbAnnotationValue: Rule = {
  id: "AWS-NLB-ANNOTATION-VALUE",
  severity: "mandatory",
  title: "a load balancer's annotations have values that the controller takes",
  why: "The controller stops at the first value that it can't read, and makes or changes nothing of the load balancer until somebody reads its log.",
  fix: "Write one of the values that the controller's documentation lists.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isNetwork) return;
      check.each(Object.entries(knownAnnotations), ([suffix, kind]) => {
        // Other rules judge these in their own words.
        if (["type", "ssl-ports", "ssl-negotiation-policy"].includes(suffix) || !balancer.has(suffix)) return;
        judge(balancer, suffix, kind, inventory, check);
      });
    }),
};

function judge(balancer: Balancer, suffix: string, kind: AnnotationKind, inventory: Inventory, check: Check): void {
  const annotation = balancer.annotation(suffix);
  // Of subnets and the like any value will do, and a certificate of the stack's has an ARN.
  const isFree = (kind === "list" || kind === "text") && !special[suffix];
  if (annotation.isUnknown && (isFree || (suffix === "ssl-cert" && waitsForCertificate(balancer)))) return;
  const text = annotation.text();
  if (text === undefined) {
    check.violation(annotation, {
      ...wrongValue(annotation),
      message: `${suffix} is no string: Kubernetes refuses the Service.`,
      fix: "Put the value in quotes.",
    });
    return;
  }
  const wrong = problemOf(text, kind) ?? special[suffix]?.(text, balancer, inventory);
  if (wrong)
    check.violation(annotation, {
      ...wrongValue(annotation),
      message: `${suffix} is "${text}": ${wrong.message}`,
      fix: wrong.fix,
    });
  if (suffix === "attributes") judgeMap(annotation, balancer.map(suffix), balancerAttributes, suffix, check);
  if (suffix === "target-group-attributes")
    judgeMap(annotation, balancer.map(suffix), targetGroupAttributes, suffix, check);
}

function waitsForCertificate({ resource }: Balancer): boolean {
  return resource.data.dependencies.some((urn) => urn.includes("aws:acm/certificate"));
}

interface Problem {
  readonly message: string;
  readonly fix: string;
}

const stops = "the controller stops here, and makes or changes nothing.";

/** What is wrong with a value, by its kind. */
function problemOf(text: string, kind: AnnotationKind): Problem | undefined {
  if (typeof kind === "object") {
    const values = kind.map((value) => value.toLowerCase());
    // Protocols may be in capitals; everything else is compared as it is.
    const isKnown = kind.includes(text) || (kind.includes("http") && values.includes(text.toLowerCase()));
    return isKnown ? undefined : { message: stops, fix: `Write ${listed(kind)}.` };
  }
  if (kind === "boolean" && !booleans.test(text)) return { message: stops, fix: 'Write "true" or "false".' };
  if (kind === "integer" && !/^\d+$/.test(text)) return { message: stops, fix: "Write a whole number." };
  if (kind === "map") {
    const broken = text.split(",").find((entry) => entry.trim() !== "" && entry.indexOf("=") < 1);
    if (broken !== undefined)
      return { message: `"${broken.trim()}" is no key=value, and ${stops}`, fix: 'Write "key=value,key=value".' };
  }
  return undefined;
}

/** What Go reads as a boolean; AWS, which gets the attributes as they are, takes two of them. */
const booleans = /^(1|t|true|True|TRUE|T|0|f|false|False|FALSE|F)$/;

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or ");
}

function judgeMap(
  at: Value,
  map: ReadonlyMap<string, string>,
  known: Readonly<Record<string, AnnotationKind>>,
  suffix: string,
  check: Check,
): void {
  for (const [key, value] of map) {
    const kind = Object.hasOwn(known, key) ? known[key] : undefined;
    if (kind === undefined)
      check.violation(at, {
        message: `${suffix} has "${key}", which a Network Load Balancer doesn't know: AWS refuses all of them, and none takes effect.`,
        fix: `Did you mean ${closest(key, Object.keys(known))}?`,
      });
    else {
      const wrong =
        kind === "boolean" && !["true", "false"].includes(value)
          ? { fix: 'Write "true" or "false".' }
          : problemOf(value, kind);
      if (wrong)
        check.violation(at, {
          message: `${suffix} has ${key}=${value}, which AWS refuses: none of them takes effect.`,
          fix: wrong.fix,
        });
    }
  }
}

/** @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_build_load_balancer.go */
function onePerSubnet(
  what: string,
  entries: readonly string[],
  balancer: Balancer,
  inventory: Inventory,
): Problem | undefined {
  const count = subnetCount(balancer, inventory);
  if (count === undefined || count === entries.length) return undefined;
  return {
    message: `${entries.length} for ${count} ${count === 1 ? "subnet" : "subnets"}, and ${stops}`,
    fix: `Name one ${what} for each subnet, or as many subnets in the annotation subnets.`,
  };
}

/** What more there is to an annotation. */
const special: Readonly<
  Record<string, (text: string, balancer: Balancer, inventory: Inventory) => Problem | undefined>
> = {
  name: (text) =>
    /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(text)
      ? undefined
      : {
          message:
            text.length > 32
              ? `a load balancer's name has at most 32 characters, not ${text.length}, and ${stops}`
              : `AWS takes letters, digits and hyphens inside only, and no "internal-" in front.`,
          fix: "Write a shorter name, or take it out: the controller makes one up.",
        },
  // The controller compares it with "ssl" and takes everything else for no encryption.
  "backend-protocol": (text) =>
    text !== "ssl" && /^(ssl|tls|https)$/i.test(text)
      ? { message: 'the controller knows "ssl" alone, and sends plain text to the pods.', fix: 'Write "ssl".' }
      : undefined,
  "healthcheck-path": (text) =>
    text.startsWith("/")
      ? undefined
      : { message: "a path begins with a slash, and AWS refuses it.", fix: `Write "/${text}".` },
  "healthcheck-port": (text, balancer) =>
    text === "traffic-port" ||
    (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) ||
    balancer.ports.some(({ name }) => name === text)
      ? undefined
      : {
          message: `that is neither a port nor one of the Service's, and ${stops}`,
          fix: 'Write a number, e.g. "15021", or "traffic-port".',
        },
  "ssl-cert": (_, balancer) => {
    const wrong = balancer.list("ssl-cert").find((arn) => !/^arn:aws[a-z-]*:(acm|iam):/.test(arn));
    return wrong === undefined
      ? undefined
      : { message: `${wrong} is no certificate's ARN, and ${stops}`, fix: "Give the ARN of an ACM certificate." };
  },
  "eip-allocations": (_, balancer, inventory) =>
    balancer.scheme === "internet-facing"
      ? onePerSubnet("Elastic IP", balancer.list("eip-allocations"), balancer, inventory)
      : {
          message: `an internal load balancer has no Elastic IPs, and ${stops}`,
          fix: "Take it out, or make the scheme internet-facing.",
        },
  "private-ipv4-addresses": (_, balancer, inventory) =>
    balancer.scheme === "internal"
      ? onePerSubnet("private address", balancer.list("private-ipv4-addresses"), balancer, inventory)
      : {
          message: `only an internal load balancer has them, and ${stops}`,
          fix: "Take it out, or make the scheme internal.",
        },
  "ipv6-addresses": (_, balancer) =>
    balancer.annotation("ip-address-type").text() === "dualstack"
      ? undefined
      : {
          message: `only a dual-stack load balancer has them, and ${stops}`,
          fix: "Take it out, or set ip-address-type to dualstack.",
        },
};
