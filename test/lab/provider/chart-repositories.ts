import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { join, normalize } from "node:path";
import { run } from "../tools/tool";
import type { Undo } from "../cluster/undo";

/** A chart that a Helm repository has. */
export interface RepositoryChart {
  /** The repository's address, e.g. `https://example.com/charts`. */
  readonly repository: string;
  /** The chart's sources. */
  readonly folder: string;
  /** The versions at which it is there. */
  readonly versions: readonly string[];
}

/**
 * Serves charts under the addresses of their repositories, to this process's mount namespace: by an entry in /etc/hosts
 * and a certificate of its own.
 *
 * @param folder takes what is served
 * @returns the certificate's file, for SSL_CERT_FILE
 */
export async function serveCharts(folder: string, charts: readonly RepositoryChart[], undo: Undo): Promise<string> {
  const addresses = [...new Set(charts.map(({ repository }) => repository))].map((each) => new URL(each));
  const hosts = [...new Set(addresses.map(({ hostname }) => hostname))];
  for (const { href, hostname, pathname } of addresses) {
    const place = join(folder, hostname, pathname);
    mkdirSync(place, { recursive: true });
    for (const chart of charts.filter(({ repository }) => new URL(repository).href === href)) {
      for (const version of chart.versions)
        await run("helm", ["package", chart.folder, "--version", version, "--destination", place], folder);
    }
    await run("helm", ["repo", "index", place, "--url", href], folder);
  }
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const names = hosts.map((host) => `DNS:${host}`).join();
  const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const subject = ["-subj", "/CN=charts", "-addext", `subjectAltName=${names}`];
  await run("openssl", [...request, ...subject, "-keyout", key, "-out", certificate], folder);
  await serve(folder, readFileSync(key), readFileSync(certificate), undo);
  writeFileSync(join(folder, "hosts"), ["127.0.0.1 localhost", `127.0.0.1 ${hosts.join(" ")}`, ""].join("\n"));
  await run("mount", ["--bind", join(folder, "hosts"), "/etc/hosts"], folder);
  undo.add(() => run("umount", ["/etc/hosts"], folder));
  return certificate;
}

async function serve(folder: string, key: Buffer, cert: Buffer, undo: Undo): Promise<void> {
  const server = createServer({ key, cert }, ({ headers, url = "/" }, response) => {
    const { hostname, pathname } = new URL(url, `https://${headers.host ?? ""}`);
    try {
      response.end(readFileSync(join(folder, hostname, normalize(pathname))));
    } catch (error) {
      response.writeHead(404).end(String(error));
    }
  });
  await new Promise<void>((resolve, reject) => server.on("error", reject).listen(443, "127.0.0.1", resolve));
  undo.add(() => {
    server.close();
    server.closeAllConnections();
  });
}
