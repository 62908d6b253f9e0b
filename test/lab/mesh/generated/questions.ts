import fc from "fast-check";
import type { Settings } from "../../../../components/settings/settings";
import { outsideOfMesh } from "../../../../components/settings/apps/in-mesh";
import { serverAddresses, serverPort } from "../access/servers";
import { headers, type Wording } from "../asked/questions";
import { addresses, headers as headerTexts, issuers, maybe, one, paths, queries } from "./words";

const method = one("GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE");

const path = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: one(...paths) },
      {
        weight: 1,
        arbitrary: fc.tuple(one(...paths), one("a", "7", "health", "orders", "")).map((pair) => pair.join("/")),
      },
    ),
    one(...queries),
  )
  .map(([before, query]) => `${before}${query}`);

const claims = maybe(
  fc.record({
    iss: one(issuers[0], issuers[0], issuers[1], "https://nobody.example.org"),
    aud: one<string | string[]>("members", "members", ["others", "members"], "others", "nobody"),
    sub: one("somebody", "nobody"),
    scope: one<string | string[]>("read admin", "admin", ["admin"], "administrator", "read", "writer"),
    address: one<object>({ city: "Busan" }, { city: ["Seoul", "Busan"] }, { city: "Seoul" }, {}),
  }),
  4,
);

/** A request has one `authorization`: a token's, or another. */
function worded(wording: fc.Arbitrary<Wording>): fc.Arbitrary<Wording> {
  return wording.map(({ claims: said, ...rest }) =>
    rest.headers?.some((each) => each.startsWith("authorization")) ? rest : { ...rest, claims: said },
  );
}

/** Questions about a stack: from outside to its public names, and from pods to each other and to hosts outside. */
export function questionsAbout({ apps: all, namespaces }: Settings): fc.Arbitrary<Wording> {
  const apps = all.filter(({ protocol }) => protocol !== "grpc");
  const hosts = apps.flatMap((app) => app.hosts.map(({ hostname }) => hostname));
  const outside = fc.record<Wording>({
    method,
    address: fc
      .tuple(
        one("https", "https", "https", "https", "https", "https", "http"),
        one("nobody.example.com", ...hosts, ...hosts, ...hosts),
        path,
      )
      .map(([scheme, host, rest]) => `${scheme}://${host}${rest}`),
    from: one(...addresses),
    headers: headers([...headerTexts, "x-forwarded-for: 203.0.113.66"]),
    claims,
  });
  const isInside = (app: (typeof apps)[number]) => outsideOfMesh(app, namespaces) === undefined;
  const callers = [...apps.filter(isInside), ...apps.filter(isInside), ...apps];
  const inside = one(...callers).chain(({ name, namespace }) => {
    const services = apps
      .filter((each) => each.name !== name)
      .flatMap((each) => {
        const short = `${each.service}.${each.namespace}`;
        const forms = [
          short,
          `${short}.svc`,
          `${short}.svc.cluster.local`,
          ...(each.namespace === namespace ? [each.service] : []),
        ];
        return forms.flatMap((form) => [form, `${form}:${each.port}`]);
      });
    const address = fc.oneof(
      { weight: 9, arbitrary: one(...services) },
      { weight: 1, arbitrary: one(...Object.keys(serverAddresses)).map((host) => `${host}:${serverPort}`) },
    );
    return fc.record<Wording>({
      method,
      address: fc.tuple(address, path).map(([host, rest]) => `http://${host}${rest}`),
      from: fc.constant(name),
      headers: headers([...headerTexts, "x-forwarded-for: 203.0.113.7", "x-forwarded-for: 10.0.0.1, 198.51.100.9"]),
      claims,
    });
  });
  return worded(fc.oneof({ weight: hosts.length > 0 ? 1 : 0, arbitrary: outside }, { weight: 1, arbitrary: inside }));
}
