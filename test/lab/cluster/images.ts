import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "./kubelet";

/** The user that Istio's proxy runs as; what it sends isn't redirected to itself. */
const proxyUser = 1337;

/**
 * istiod.
 *
 * @param programs the folder of a pilot-discovery that every user may run
 */
export function pilot(programs: string): Image {
  return {
    matches: (image) => image.includes("/pilot:"),
    command: ({ args }) => [join(programs, "pilot-discovery"), ...args],
    user: proxyUser,
  };
}

/**
 * Istio's proxy image: pilot-agent, which sets up the redirect or starts Envoy.
 *
 * @param programs the folder of a pilot-agent and an Envoy that every user may run
 * @param bootstrap the template of Envoy's configuration, which lies in the image otherwise
 * @param authorities the certificates of the authorities that it trusts outside of the mesh
 */
export function proxy(programs: string, bootstrap: string, authorities: string): Image {
  const isProxy = ({ args }: { readonly args: readonly string[] }) => args[0] === "proxy";
  return {
    matches: (image) => /\/proxyv2:|^auto$/.test(image),
    command: (container) => [
      ...(isProxy(container) ? ["setpriv", `--reuid=${proxyUser}`, `--regid=${proxyUser}`, "--clear-groups"] : []),
      ...[join(programs, "pilot-agent"), ...container.args],
      ...(isProxy(container) ? ["--templateFile", bootstrap] : []),
    ],
    env: ({ env }) => ({
      PROXY_CONFIG: JSON.stringify({
        ...(JSON.parse(env.PROXY_CONFIG || "{}") as object),
        binaryPath: join(programs, "envoy"),
      }),
    }),
    files: { [trusted()]: authorities },
    // The redirect takes root.
    user: 0,
  };
}

/** An application: whatever the image, a small HTTP server that says who it is. */
export const workload: Image = {
  matches: () => true,
  command: ({ root }) => {
    const program = join(root, "workload.mjs");
    copyFileSync(join(__dirname, "workload.mjs"), program);
    return [process.execPath, program];
  },
  env: ({ pod, container, root }) => ({
    LAB_NAME: [pod.metadata.labels?.app, pod.metadata.labels?.version].filter(Boolean).join("-"),
    LAB_POD: pod.metadata.name,
    LAB_PORTS: (container.ports ?? []).map(({ containerPort }) => containerPort).join(),
    LAB_SOCKET: join(root, "control.sock"),
  }),
  user: 0,
};

/** Where pilot-agent finds the authorities that a machine trusts. @see https://go.dev/src/crypto/x509/root_linux.go */
function trusted(): string {
  const files = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem"];
  const file = files.find(existsSync);
  if (file === undefined) throw new Error(`This machine trusts no certificates: it has none of ${files.join(", ")}.`);
  return file;
}
