import { request } from "node:http";

/** A request that a host in the lab is to send. */
export interface Call {
  /** The name in the Host header. */
  readonly host: string;
  readonly port: number;
  /** Where to connect to instead of the host's own address. */
  readonly address?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** In milliseconds. */
  readonly timeout?: number;
  /** Speaks TLS, and trusts the authority whose certificate is in this file. */
  readonly tls?: { readonly ca: string };
}

/** What came of a call. Either a status, or an error such as `ECONNRESET`. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>> & { readonly "set-cookie"?: readonly string[] };
  readonly text?: string;
  readonly error?: string;
  readonly milliseconds: number;
}

/** What an application was sent. */
export interface Received {
  /** Name and version, e.g. `shop-v1`. */
  readonly app: string;
  readonly pod: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly remote: string;
  /** The name in TLS' greeting, where it was sent with TLS. */
  readonly servername?: string;
  /** When, in milliseconds by the application's own clock. */
  readonly at: number;
  readonly body?: string;
}

/** How an application answers. */
export interface Behaviour {
  /** 0 cuts the connection. Default: 200. */
  readonly status?: number;
  /** In milliseconds. */
  readonly delay?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Only for paths that begin so. */
  readonly when?: string;
  /** Only so often. */
  readonly times?: number;
}

/** A program in a network namespace of the lab that calls and answers as a test wants it. */
export class Host {
  constructor(
    /** The folder that stands for the root of its file system. */
    private readonly root: string,
  ) {}

  call(call: Call): Promise<Answer> {
    return this.ask("call", call);
  }

  /** Sends a request many times. */
  calls(each: Call, times: number, options: { readonly parallel?: number; readonly interval?: number } = {}) {
    return this.ask<readonly Answer[]>("calls", { each, times, ...options });
  }

  /** The address that it finds for a name, or the error, e.g. `ENOTFOUND`. */
  lookup(name: string): Promise<string> {
    return this.ask("lookup", name);
  }

  /** What it was sent since it was last asked. */
  received(): Promise<readonly Received[]> {
    return this.ask("received");
  }

  behave(behaviour: Behaviour = {}): Promise<void> {
    return this.ask("behave", behaviour);
  }

  private ask<Result>(command: string, argument?: unknown): Promise<Result> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: `${this.root}/control.sock`, method: "POST" }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve(JSON.parse(text) as Result));
      });
      call.on("error", reject);
      call.end(JSON.stringify({ command, argument }));
    });
  }
}

/** What the application that answered says of itself. */
export function answered({ text = "" }: Answer): Received {
  return JSON.parse(text) as Received;
}
