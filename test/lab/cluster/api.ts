import { Agent, request as httpsRequest } from "node:https";
import { until } from "./daemon";

/** A Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** Which object: all that its address takes. */
export type ObjectReference = Pick<KubernetesObject, "apiVersion" | "kind"> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

/** What the API server refused, with its reason. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The API server doesn't have a kind, or doesn't have it yet: a CRD takes a moment. */
export class UnknownKind extends ApiError {
  constructor(message: string) {
    super(404, message);
  }
}

/** What a CustomResourceDefinition says of the kind that it brings. */
interface Definition {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly name: string; readonly served: boolean }[];
}

interface ResourceKind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface Request {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly contentType?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * A client of an API server. Kubernetes' own client for Node has no way to ask for strict field validation of any
 * kind of object, which is what the lab is about.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
 */
export class Api {
  private readonly agent: Agent;
  private readonly kinds = new Map<string, Promise<readonly ResourceKind[]>>();

  constructor(
    readonly server: string,
    private readonly token: string,
    ca: Buffer,
  ) {
    this.agent = new Agent({ ca, keepAlive: true });
  }

  /** Applies an object as the field manager `lab`; a field that its schema doesn't have is refused. */
  async apply(object: KubernetesObject, dryRun = false): Promise<KubernetesObject> {
    const query = { fieldManager: "lab", force: "true", fieldValidation: "Strict", ...(dryRun && { dryRun: "All" }) };
    const contentType = "application/apply-patch+yaml";
    const path = await this.path(object);
    const applied = await this.request(path, { method: "PATCH", body: object, contentType, query });
    if (object.kind === "CustomResourceDefinition" && !dryRun) await this.established(path);
    return applied;
  }

  /** The API server serves a new kind a moment after it has taken its definition. */
  private async established(path: string): Promise<void> {
    await until(`${path} to be served`, async () => {
      const { spec } = await this.request<{ spec: Definition }>(path);
      try {
        for (const { name, served } of spec.versions)
          if (served) await this.kind(`/apis/${spec.group}/${name}`, spec.names.kind);
        return true;
      } catch (error) {
        if (error instanceof UnknownKind) return undefined;
        throw error;
      }
    });
  }

  async get(reference: ObjectReference): Promise<KubernetesObject> {
    return this.request(await this.path(reference));
  }

  /** Changes fields of an object, of its status, or of its scale. */
  async patch(
    reference: ObjectReference,
    change: unknown,
    subresource?: "status" | "scale",
  ): Promise<KubernetesObject> {
    const contentType = "application/merge-patch+json";
    return this.request(await this.path(reference, subresource), { method: "PATCH", body: change, contentType });
  }

  async delete(reference: ObjectReference, graceSeconds?: number): Promise<void> {
    const query = graceSeconds === undefined ? undefined : { gracePeriodSeconds: String(graceSeconds) };
    await this.request(await this.path(reference), { method: "DELETE", query });
  }

  /** Posts to a subresource, such as a pod's binding. */
  async post<Answer>(reference: ObjectReference, subresource: string, body: unknown): Promise<Answer> {
    return this.request(await this.path(reference, subresource), { method: "POST", body });
  }

  /** Every object of a kind, in one namespace or in all. */
  async list(apiVersion: string, kind: string, namespace?: string): Promise<readonly KubernetesObject[]> {
    const { items } = await this.request<{ items: readonly Omit<KubernetesObject, "apiVersion" | "kind">[] }>(
      await this.collection(apiVersion, kind, namespace),
    );
    return items.map((item) => ({ ...item, apiVersion, kind }) as KubernetesObject);
  }

  /** A token of a ServiceAccount. */
  async serviceAccountToken(namespace: string, name: string, audience?: string): Promise<string> {
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace, name } };
    const body = {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { audiences: audience === undefined ? [] : [audience], expirationSeconds: 86_400 },
    };
    const { status } = await this.post<{ status: { token: string } }>(account, "token", body);
    return status.token;
  }

  async request<Answer = KubernetesObject>(path: string, request: Request = {}): Promise<Answer> {
    const { method = "GET", body, contentType = "application/json", query } = request;
    const url = new URL(path, this.server);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    const headers = { authorization: `Bearer ${this.token}`, "content-type": contentType, accept: "application/json" };
    const send = (again: boolean): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const call = httpsRequest(url, { method, headers, agent: this.agent, timeout: 30_000 }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
          );
          response.on("error", reject);
        });
        call.on("timeout", () => call.destroy(new Error(`The API server didn't answer ${method} ${path}.`)));
        call.on("error", (error: NodeJS.ErrnoException) => {
          // The server had closed the connection that was kept: it has seen nothing of the request.
          if (again && call.reusedSocket && error.code === "ECONNRESET") resolve(send(false));
          else reject(error);
        });
        call.end(body === undefined ? undefined : JSON.stringify(body));
      });
    const { status, text } = await send(true);
    if (status < 300) return (text.startsWith("{") ? JSON.parse(text) : text) as Answer;
    throw new ApiError(status, messageOf(text));
  }

  close(): void {
    this.agent.destroy();
  }

  private async path({ apiVersion, kind, metadata }: ObjectReference, subresource?: string): Promise<string> {
    const collection = await this.collection(apiVersion, kind, metadata.namespace);
    return `${collection}/${metadata.name}${subresource === undefined ? "" : `/${subresource}`}`;
  }

  private async collection(apiVersion: string, kind: string, namespace?: string): Promise<string> {
    const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { name, namespaced } = await this.kind(group, kind);
    return namespaced && namespace !== undefined ? `${group}/namespaces/${namespace}/${name}` : `${group}/${name}`;
  }

  private async kind(group: string, kind: string): Promise<ResourceKind> {
    const known = this.kinds.get(group) ?? this.discover(group);
    this.kinds.set(group, known);
    const found = (await known).find((each) => each.kind === kind && !each.name.includes("/"));
    if (found) return found;
    // A CRD may be new.
    this.kinds.delete(group);
    throw new UnknownKind(`The API server has no kind ${kind} in ${group}.`);
  }

  private async discover(group: string): Promise<readonly ResourceKind[]> {
    try {
      return (await this.request<{ resources: readonly ResourceKind[] }>(group)).resources;
    } catch (error) {
      this.kinds.delete(group);
      if (error instanceof ApiError && error.status === 404) throw new UnknownKind(`The API server has no ${group}.`);
      throw error;
    }
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
