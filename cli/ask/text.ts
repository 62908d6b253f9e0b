import pc from "picocolors";
import type { Answer, AskedAccess, AskedBackend } from "./answer";

const outcomes: Readonly<Record<Answer["outcome"], string>> = {
  application: "reaches the application",
  redirect: "redirected",
  response: "answered by the proxy",
  refused: "refused",
  notFound: "not found",
  unreachable: "no answer",
  undecided: "not known",
};

/** An answer for people. */
export function answerText(answer: Answer): string {
  const { gateway, route, location, path, backends, timeout, retries, notes } = answer;
  const rows: (readonly [string, string])[] = [
    ...(gateway
      ? [
          ["gateway", `${gateway.name} (${gateway.object})`] as const,
          ...(gateway.certificates
            ? [["certificates", gateway.certificates.join(", ") || "given, so that its names are not known"] as const]
            : []),
        ]
      : []),
    ...(route ? [["route", routeText(route)] as const] : []),
    ...(path === undefined ? [] : [["path", path] as const]),
    ...backends.flatMap((backend) => backendRows(backend)),
    ...(timeout === undefined ? [] : [["timeout", timeout] as const]),
    ...(retries ? [["retries", JSON.stringify(retries)] as const] : []),
    ...(location === undefined ? [] : [["location", location] as const]),
  ];
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return [
    pc.bold(answer.question),
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    `  ${pc.bold([outcomes[answer.outcome], answer.status].filter((part) => part !== undefined).join(", "))}`,
    ...notes.map((note) => `  ${note}`),
    "",
  ].join("\n");
}

function routeText({ app, key, name }: NonNullable<Answer["route"]>): string {
  const place = key ?? `apps.${app}, by the weights of its versions`;
  return name === undefined ? place : `${place} (${name})`;
}

function backendRows({ host, port, version, weight, access }: AskedBackend): (readonly [string, string])[] {
  const pods = [`${host}:${port}`, version, weight === 100 ? undefined : `${weight} %`];
  return [
    ["goes to", pods.filter((part) => part !== undefined).join("  ")],
    ["access", accessText(access)],
  ];
}

function accessText({ decision, status, rule, reasons, counted }: AskedAccess): string {
  const said = { allowed: "let in", refused: `refused with ${status ?? ""}`, undecided: "not known" }[decision];
  const what = counted ? `let in; counted as ${said === "not known" ? "not known" : "refused"}` : said;
  return [
    what,
    rule === undefined ? undefined : `by ${rule}`,
    reasons.length > 0 ? `(${reasons.join("; ")})` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}
