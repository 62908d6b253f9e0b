import type { Question } from "../../../../cli/ask/question";
import { askedStack, type AskedApp, type AskedStack } from "../../../../cli/ask/stack";
import { settingsOf } from "../../../stack";
import type { Answer, Call, Host } from "../../cluster/host";
import type { Mesh } from "../mesh";

/** Where the load balancer sends what it gets: TLS is off then. */
const gatewayPorts: Readonly<Record<string, number>> = { "https:": 8443, "http:": 8081 };

/** A stack that runs, to be asked what `--ask` is asked. */
export class RealStack {
  private readonly hosts = new Map<string, Promise<Host>>();
  private readonly addresses = new Map<string, Promise<string>>();

  constructor(
    private readonly mesh: Mesh,
    readonly stack: AskedStack,
  ) {}

  /** The program of an application's pod. */
  application(name: string): Promise<Host> {
    const { namespace } = this.app(name).app;
    return this.once(this.hosts, name, async () =>
      this.mesh.application(await this.mesh.kubelet.ready(namespace, { app: name })),
    );
  }

  /** A host outside of the cluster. */
  outside(address = "203.0.113.7"): Promise<Host> {
    return this.once(this.hosts, address, () => this.mesh.outside(`host-${address.split(".").at(-1) ?? ""}`, address));
  }

  /**
   * Sends a request as a question says it. A caller that is only a namespace is the first application in it.
   *
   * @param headers further ones, e.g. a token
   */
  async send(question: Question, headers: Question["headers"] = {}): Promise<Answer> {
    const { caller, call } = await this.callOf(question, headers);
    return caller.call(call);
  }

  /**
   * Sends a request many times, each after the answer to the one before.
   *
   * @param interval between an answer and the next request, in milliseconds
   */
  async sendMany(
    question: Question,
    headers: Question["headers"],
    { times, interval }: { readonly times: number; readonly interval: number },
  ): Promise<readonly Answer[]> {
    const { caller, call } = await this.callOf(question, headers);
    return caller.calls(call, times, { parallel: 1, interval });
  }

  private async callOf(
    { asker, url, method, headers }: Question,
    more: Question["headers"],
  ): Promise<{ readonly caller: Host; readonly call: Call }> {
    const call = { method, host: url.host, path: url.pathname + url.search, headers: { ...headers, ...more } };
    if (asker.kind === "internet") {
      const { address } = await this.mesh.gateway();
      const caller = await this.outside(asker.address);
      return { caller, call: { ...call, address, port: gatewayPorts[url.protocol] ?? 0 } };
    }
    if (asker.kind === "principal") throw new Error("The lab has no caller that the stack doesn't know.");
    const app = asker.kind === "app" ? this.app(asker.name) : this.firstOf(asker.name);
    const [service = "", namespace = app.app.namespace] = url.hostname.split(".");
    const called = this.stack.byService.get(`${namespace}/${service}`);
    if (!called) throw new Error(`The lab has no Service ${url.hostname}.`);
    const port = url.port === "" ? called.app.port : Number(url.port);
    const address = await this.clusterAddress(service, namespace);
    return { caller: await this.application(app.app.name), call: { ...call, address, port } };
  }

  private app(name: string): AskedApp {
    const app = this.stack.apps.get(name);
    if (!app) throw new Error(`The stack has no application ${name}.`);
    return app;
  }

  private firstOf(namespace: string): AskedApp {
    const app = [...this.stack.apps.values()].find((each) => each.app.namespace === namespace);
    if (!app) throw new Error(`The stack has no application in ${namespace}.`);
    return app;
  }

  private clusterAddress(name: string, namespace: string): Promise<string> {
    return this.once(this.addresses, `${namespace}/${name}`, async () => {
      const { spec } = await this.mesh.api.get({ apiVersion: "v1", kind: "Service", metadata: { name, namespace } });
      return (spec as { clusterIP: string }).clusterIP;
    });
  }

  private once<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  }
}

/** A mesh that runs the stack of a stack file. */
export function realStack(mesh: Mesh, stackFile: string): RealStack {
  return new RealStack(mesh, askedStack(settingsOf(stackFile)));
}
