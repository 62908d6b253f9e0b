import { accepts, checkout, refuses } from "../verdicts";

describe("an application's timeout and retries", () => {
  accepts(
    "a timeout that is just enough for every try",
    checkout({ timeout: "4s", retries: { attempts: 3, perTryTimeout: "1s" } }),
  );
  accepts(
    "fractions that add up, though floating point says otherwise",
    checkout({ timeout: "300ms", retries: { attempts: 2, perTryTimeout: "0.1s" } }),
  );
  accepts("retries without a timeout of each try", checkout({ timeout: "1s", retries: { attempts: 3 } }));
  accepts("no retries", checkout({ timeout: "1s", retries: { attempts: 0 } }));

  const meaningless = [
    ["perTryTimeout", "1s"],
    ["retryOn", ["5xx"]],
    ["retryRemoteLocalities", false],
  ] as const;
  for (const [key, value] of meaningless) {
    refuses(`${key} beside no retries`, checkout({ retries: { attempts: 0, [key]: value } }), {
      key: `eks-istio:apps.checkout.retries.${key}`,
      value,
      rule: "has no meaning with attempts: 0, which turns retries off",
      fix: `Remove "${key}", or raise attempts.`,
    });
  }

  refuses(
    "a timeout shorter than its tries",
    checkout({ timeout: "3s", retries: { attempts: 3, perTryTimeout: "1s" } }),
    {
      key: "eks-istio:apps.checkout.timeout",
      value: "3s",
      rule: "is too short for its retries: 4 tries of 1s take 4s",
      fix: 'Write "4s" or more, or lower retries.attempts or retries.perTryTimeout.',
    },
  );

  refuses(
    "a route's timeout that is too short for the application's retries",
    checkout({ timeout: "4s", retries: { attempts: 3, perTryTimeout: "1s" }, routes: [{ timeout: "2500ms" }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].timeout",
      value: "2500ms",
      rule: "is too short for its retries: 4 tries of 1s take 4s",
      fix: 'Write "4s" or more, or lower retries.attempts or retries.perTryTimeout.',
    },
  );

  for (const timeout of ["5 seconds", "5", "1d", "-1s", ""]) {
    refuses(`"${timeout}" for a timeout`, checkout({ timeout }), {
      key: "eks-istio:apps.checkout.timeout",
      value: timeout,
      rule: "must be a duration: a number with one of the units ms, s, m, h",
      fix: 'Write it like "10s".',
    });
  }

  refuses("a timeout in seconds without a unit", checkout({ timeout: 5 }), {
    key: "eks-istio:apps.checkout.timeout",
    value: 5,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Write it like "10s".',
  });

  for (const timeout of ["1ms", "1.5s", "8760h"]) accepts(`a timeout of ${timeout}`, checkout({ timeout }));
  for (const timeout of ["0s", "0.5ms", "1.5ms", "8761h"]) {
    refuses(`${timeout}, which Istio has no use for`, checkout({ timeout }), {
      key: "eks-istio:apps.checkout.timeout",
      value: timeout,
      rule: "must be whole milliseconds, from 1ms to 8760h",
      fix: 'Write it like "10s".',
    });
  }

  refuses("21 attempts", checkout({ retries: { attempts: 21 } }), {
    key: "eks-istio:apps.checkout.retries.attempts",
    value: 21,
    rule: "must be at most 20",
    fix: "Write 20 or less.",
  });

  accepts(
    "Envoy's conditions and status codes",
    checkout({ retries: { attempts: 1, retryOn: ["5xx", "reset", "503", "429"] } }),
  );

  accepts(
    "conditions as Istio writes them, in one text",
    checkout({ retries: { attempts: 1, retryOn: "connect-failure, refused-stream,503" } }),
  );

  refuses(
    "a typo in one text of conditions, and says which of them",
    checkout({ retries: { attempts: 1, retryOn: "5xx,connect-failed" } }),
    {
      key: "eks-istio:apps.checkout.retries.retryOn",
      value: "5xx,connect-failed",
      rule: 'has "connect-failed" in it, and each must be one of Envoy\'s retry conditions or a status code',
      fix: 'Did you mean "connect-failure"?',
    },
  );

  refuses("a number for conditions", checkout({ retries: { attempts: 1, retryOn: 503 } }), {
    key: "eks-istio:apps.checkout.retries.retryOn",
    value: 503,
    rule: "must be a list of conditions, or a text with commas between them",
    fix: 'Put it in quotes: "503".',
  });

  refuses("a typo in a condition", checkout({ retries: { attempts: 1, retryOn: ["5xx", "connect-failed"] } }), {
    key: "eks-istio:apps.checkout.retries.retryOn[1]",
    value: "connect-failed",
    rule: "must be one of Envoy's retry conditions or a status code",
    fix: 'Did you mean "connect-failure"?',
  });

  refuses(
    "a condition that Envoy doesn't have",
    checkout({ retries: { attempts: 1, retryOn: ["sometimes it fails"] } }),
    {
      key: "eks-istio:apps.checkout.retries.retryOn[0]",
      value: "sometimes it fails",
      rule: "must be one of Envoy's retry conditions or a status code",
      fix: 'Write one of 5xx, gateway-error, reset, reset-before-request, connect-failure, envoy-ratelimited, retriable-4xx, refused-stream, retriable-status-codes, retriable-headers, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable, or a code such as "503".',
    },
  );

  refuses("no condition", checkout({ retries: { attempts: 1, retryOn: [] } }), {
    key: "eks-istio:apps.checkout.retries.retryOn",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });
});
