/** A stack of that many public applications, every fourth with a canary and its rules. */
export function stackOf(count: number): { readonly config: Readonly<Record<string, unknown>> } {
  const plain = (index: number) => ({ host: `app-${index}`, namespace: `team-${index % 50}`, port: 8080 });
  const ruled = (index: number) => ({
    ...plain(index),
    versions: { v1: { weight: 90 }, v2: { weight: 10 } },
    timeout: "5s",
    retries: { attempts: 3, perTryTimeout: "1s" },
    outlierDetection: { consecutive5xxErrors: 5 },
  });
  const apps = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`app-${index}`, index % 4 === 0 ? ruled(index) : plain(index)]),
  );
  return {
    config: {
      "aws:region": "ap-northeast-2",
      "eks-istio:domain": { name: "example.com" },
      "eks-istio:cluster": { version: "1.35" },
      "eks-istio:apps": apps,
    },
  };
}
