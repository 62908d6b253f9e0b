/** Servers outside of the mesh, by the first part of their names; access.yaml lists the first two of them. */
export const servers = { bank: "198.51.100.10", post: "198.51.100.11", other: "198.51.100.12" } as const;

export type Server = keyof typeof servers;

/** Where they answer. */
export const serverPort = 8080;

export function serverHost(name: Server): string {
  return `${name}.example.net`;
}

/** Their addresses by host. */
export const serverAddresses: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(servers).map(([name, address]) => [serverHost(name as Server), address]),
);
