import type { Question } from "../../../../cli/ask/question";
import { askedStack, type AskedApp, type AskedStack } from "../../../../cli/ask/stack";
import { istioLabel } from "../../../../components/settings/gateways/names";
import { settingsOf } from "../../../stack";
import type { StackFile } from "../../charts/stacks";
import type { Answer, Call, Host } from "../../cluster/host";
import type { RunningPod } from "../../cluster/kubelet";
import type { Mesh } from "../mesh";

/** Where the load balancer sends what it gets: TLS is off then. */
const gatewayPorts: Readonly<Record<string, number>> = { "https:": 8443, "http:": 8081 };

/** A stack that runs, to be asked what `--ask` is asked. */
export class RealStack {
  /**
   * @param servers addresses of hosts outside of the cluster, by name
   * @param hosts those outside that were asked for: a cluster has each once
   */
  constructor(
    private readonly mesh: Mesh,
    readonly stack: AskedStack,
    private readonly servers: Readonly<Record<string, string>> = {},
    private readonly hosts = new Map<string, Promise<Host>>(),
    private readonly addresses = new Map<string, Promise<string>>(),
  ) {}

  /** The same pods, with another stack file. */
  with(stackFile: StackFile, servers: Readonly<Record<string, string>>): RealStack {
    return new RealStack(this.mesh, askedStack(settingsOf(stackFile)), servers, this.hosts, this.addresses);
  }

  /** The program of an application's pod. */
  async application(name: string): Promise<Host> {
    const { namespace } = this.app(name).app;
    return this.mesh.application(await this.mesh.kubelet.ready(namespace, { app: name }));
  }

  /** The pod whose proxy routes what a question asks: the gateway's, or the caller's. */
  proxyOf({ asker, url }: Question): Promise<RunningPod> {
    if (asker.kind === "internet") return this.gatewayOf(url.hostname);
    const { app } = this.callerOf(asker);
    return this.mesh.kubelet.ready(app.namespace, { app: app.name });
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
      const { address } = await this.gatewayOf(url.hostname);
      const caller = await this.outside(asker.address);
      return { caller, call: { ...call, address, port: gatewayPorts[url.protocol] ?? 0 } };
    }
    const app = this.callerOf(asker);
    const server = this.servers[url.hostname];
    if (server !== undefined)
      return {
        caller: await this.application(app.app.name),
        call: { ...call, address: server, port: Number(url.port || 80) },
      };
    const [service = "", namespace = app.app.namespace] = url.hostname.split(".");
    const called = this.stack.byService.get(`${namespace}/${service}`);
    if (!called) throw new Error(`The lab has no Service ${url.hostname}.`);
    const port = url.port === "" ? called.app.port : Number(url.port);
    const address = await this.clusterAddress(service, namespace);
    return { caller: await this.application(app.app.name), call: { ...call, address, port } };
  }

  /** The gateway that serves a host's domain. */
  private gatewayOf(host: string): Promise<RunningPod> {
    const { domain, gateways } = this.stack.settings;
    const own = [domain, ...domain.additional].find(({ name }) => host === name || host.endsWith(`.${name}`));
    const gateway = gateways.find(({ key }) => key === own?.gateway);
    if (!gateway) throw new Error(`The stack has no gateway for ${host}.`);
    return this.mesh.kubelet.ready(gateway.namespace, { istio: istioLabel(gateway.name) });
  }

  private callerOf(asker: Question["asker"]): AskedApp {
    if (asker.kind === "app") return this.app(asker.name);
    if (asker.kind === "namespace") return this.firstOf(asker.name);
    throw new Error("The lab has no caller that the stack doesn't know.");
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
