import { accepts, checkout, refuses } from "../verdicts";

const request = (operations: object) => checkout({ headers: { request: operations } });

describe("the headers that an application changes", () => {
  accepts(
    "names in any case, and values with Envoy's variables",
    request({
      set: { "X-Forwarded-For": "%DOWNSTREAM_REMOTE_ADDRESS%", "x-start": "%START_TIME(%s)%" },
      add: { "x-share": "50%%" },
      remove: ["Server"],
    }),
  );

  refuses("a name with a blank", request({ set: { "x team": "shop" } }), {
    key: 'eks-istio:apps.checkout.headers.request.set["x team"]',
    value: "x team",
    rule: "is a name, and must be the name of a header",
    fix: 'Rename it, e.g. to "x-team".',
  });

  refuses("a name with a colon among those to remove", request({ remove: ["x-team:"] }), {
    key: "eks-istio:apps.checkout.headers.request.remove[0]",
    value: "x-team:",
    rule: "must be the name of a header",
    fix: 'Write it like "x-team".',
  });

  for (const key of ["set", "add"]) {
    refuses(`the Host header under ${key}`, request({ [key]: { Host: "example.org" } }), {
      key: `eks-istio:apps.checkout.headers.request.${key}.Host`,
      value: "Host",
      rule: "is a name, and must not be the Host header, which Istio changes in another way",
      fix: "Remove it, and set rewrite.authority on a route.",
    });
  }

  refuses("the Host header among those to remove", request({ remove: ["host"] }), {
    key: "eks-istio:apps.checkout.headers.request.remove[0]",
    value: "host",
    rule: "must not be the Host header, which Istio changes in another way",
    fix: "Remove it, and set rewrite.authority on a route.",
  });

  for (const value of ["50%", "two\nlines", "%unknown%"]) {
    refuses(`the value ${JSON.stringify(value)}`, request({ set: { "x-share": value } }), {
      key: "eks-istio:apps.checkout.headers.request.set.x-share",
      value,
      rule: "must be one line, with %% for a percent sign",
      fix: 'Write it like "50%%".',
    });
  }

  accepts("a value as long as Envoy takes it", request({ set: { "x-long": "é".repeat(8192) } }));
  refuses("a value of more bytes than Envoy takes", request({ set: { "x-long": "é".repeat(8193) } }), {
    key: "eks-istio:apps.checkout.headers.request.set.x-long",
    value: "é".repeat(8193),
    rule: "must have at most 16384 bytes, as Envoy takes no more",
    fix: "Shorten it.",
  });
});
