import { questionOf } from "../../../../cli/ask/question";
import { until } from "../../cluster/daemon";
import type { Answer } from "../../cluster/host";
import { realStack, type RealStack } from "../asked/real-stack";
import type { Mesh } from "../mesh";
import { useMesh } from "../use-mesh";
import { serverHost, serverPort, servers, type Server } from "./servers";
import { accessStack, accessStackFile } from "./stack-file";

/** The applications of access.yaml in a mesh. */
export class Access {
  private serving: Promise<void> | undefined;

  private constructor(
    readonly mesh: Mesh,
    readonly real: RealStack,
  ) {}

  static async start(mesh: Mesh): Promise<Access> {
    const access = new Access(mesh, realStack(mesh, accessStackFile));
    await access.serves();
    await access.isClosed();
    return access;
  }

  /**
   * Sends a request as `--ask` would be asked about it.
   *
   * @param text e.g. `GET http://orders.shop/orders from caller`
   */
  send(text: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.real.send(questionOf(text), headers);
  }

  /** Every sidecar sends and takes requests: `tool` lets everybody in. */
  private async serves(): Promise<void> {
    for (const from of ["internet", "caller", "scoped", "stranger"]) {
      const host = from === "internet" ? "https://tool.example.com" : "http://tool.tools";
      // `scoped` doesn't call it, and is answered by its own proxy.
      const status = from === "scoped" ? 502 : 200;
      await this.becomes(`GET ${host}/ from ${from}`, status);
    }
  }

  /** The policy that closes the mesh comes last, so who keeps to it has its own rules, too. */
  private async isClosed(): Promise<void> {
    for (const host of ["orders.shop", "stock.shop", "office.shop", "members.shop", "caller.shop"])
      await this.becomes(`GET http://${host}/ from stranger`, 403);
    await this.becomes("GET http://stranger.shop/ from caller", 403);
  }

  /** Starts the servers outside, once. */
  startServers(): Promise<void> {
    this.serving ??= (async () => {
      for (const [name, address] of Object.entries(servers)) {
        const server = await this.mesh.outside(name, address, serverPort);
        const call = { host: serverHost(name as Server), port: serverPort, address };
        await until(`${name} to serve`, async () => (await server.call(call)).status === 200 || undefined);
      }
    })();
    return this.serving;
  }

  /** Resolves once a request gets this status. */
  async becomes(text: string, status: number): Promise<void> {
    await until(`${text} to get ${status}`, async () => {
      const answer = await this.send(text);
      if (answer.status !== status) throw new Error(JSON.stringify(answer));
      return true;
    });
  }
}

/** Gives the tests of a `describe` the applications of access.yaml in a closed mesh. */
export function useAccess(): () => Access {
  const mesh = useMesh(accessStack);
  let access: Access | undefined;
  before("wait until proxies keep to the rules", async function () {
    this.timeout(300_000);
    access = await Access.start(mesh());
  });
  return () => {
    if (!access) throw new Error("The mesh starts before the first test: ask for it inside of one.");
    return access;
  };
}
