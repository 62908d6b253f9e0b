import { join } from "node:path";
import { Authority } from "../../cluster/authority";
import type { Host } from "../../cluster/host";
import type { Mesh } from "../mesh";

interface Server {
  readonly address: string;
  /** Its names, most of which external.yaml has. */
  readonly names: readonly string[];
  /** What its certificate is for. Default: its names. */
  readonly certified?: readonly string[];
  readonly port?: number;
}

const servers: Readonly<Record<"listed" | "unlisted" | "borrowed" | "forged" | "ledger" | "podIdentity", Server>> = {
  listed: {
    address: "198.51.100.20",
    names: [
      ...["api", "store", "pay", "geo", "cash", "a.parts", "b.vaults", "c.maps"].map((name) => `${name}.example.org`),
      ...["s3", "bucket.s3"].map((name) => `${name}.ap-northeast-2.amazonaws.com`),
    ],
  },
  unlisted: {
    address: "198.51.100.21",
    names: ["other.example.org", "parts.example.org", "s3.eu-west-1.amazonaws.com"],
  },
  borrowed: {
    address: "198.51.100.22",
    names: ["lender.example.org", "borrowed.example.org", "borrowed.maps.example.org"],
    certified: ["lender.example.org"],
  },
  forged: { address: "198.51.100.23", names: ["forged.example.org"] },
  ledger: { address: "198.51.100.24", names: ["ledger.example.org", "books.parts.example.org"], port: 5432 },
  /** The Pod Identity agent: its address is all that one calls it by. */
  podIdentity: { address: "169.254.170.23", names: [] },
};

export interface Internet {
  readonly hosts: Readonly<Record<keyof typeof servers, Host>>;
  /** An authority that no proxy trusts. It certifies `forged`. */
  readonly stranger: Authority;
}

/** Gives a mesh an internet: servers that answer HTTP, at port 80 for the most part, and TLS at 443, and their names. */
export async function startInternet(mesh: Mesh): Promise<Internet> {
  const stranger = await Authority.start(join(mesh.folder, "stranger"));
  const hosts: Partial<Record<keyof typeof servers, Host>> = {};
  for (const [name, { address, names, certified = names, port = 80 }] of Object.entries(servers)) {
    const authority = name === "forged" ? stranger : mesh.authority;
    const tls = certified.length > 0 ? { port: 443, ...(await authority.issue(certified)) } : undefined;
    hosts[name as keyof typeof servers] = await mesh.outside(name, address, port, tls);
  }
  const addresses = Object.values(servers).flatMap(({ names, address }) => names.map((name) => [name, address]));
  await mesh.names.add(Object.fromEntries(addresses) as Record<string, string>);
  return { hosts: hosts as Internet["hosts"], stranger };
}
