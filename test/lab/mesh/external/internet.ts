import { join } from "node:path";
import { Authority } from "../../cluster/authority";
import type { Mesh } from "../mesh";

/** Names of the internet that external.yaml has, or names below them, or not; and who serves each. */
const servers = {
  listed: {
    address: "198.51.100.20",
    names: ["api", "store", "pay", "geo", "a.parts", "b.vaults", "c.maps"],
  },
  unlisted: { address: "198.51.100.21", names: ["other", "parts", "else.where"] },
  /** Its certificate is for another name. */
  borrowed: { address: "198.51.100.22", names: ["borrowed", "borrowed.maps"] },
  /** Its certificate is of an authority that nobody trusts. */
  forged: { address: "198.51.100.23", names: ["forged"] },
} as const;

const port = 80;
const tlsPort = 443;

/** Gives a mesh an internet: servers that answer HTTP and TLS, and their names. */
export async function startInternet(mesh: Mesh): Promise<void> {
  const stranger = await Authority.start(join(mesh.folder, "stranger"));
  for (const [name, { address, names }] of Object.entries(servers)) {
    const hosts = names.map((each) => `${each}.example.org`);
    const authority = name === "forged" ? stranger : mesh.authority;
    const certificate = await authority.issue(name === "borrowed" ? ["lender.example.org"] : hosts);
    await mesh.outside(name, address, port, { port: tlsPort, ...certificate });
    await mesh.names.add(Object.fromEntries(hosts.map((host) => [host, address])));
  }
}
