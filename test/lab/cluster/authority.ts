import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tools/tool";

/** Files of a certificate, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];

/** A certificate authority, such as browsers trust. */
export class Authority {
  private constructor(
    private readonly folder: string,
    private readonly own: Certificate,
  ) {}

  /** @param folder takes keys and certificates */
  static async start(folder: string): Promise<Authority> {
    mkdirSync(folder, { recursive: true });
    const authority = new Authority(folder, filesOf(folder, "authority"));
    await authority.make(authority.own, ["-subj", "/CN=Authority"]);
    return authority;
  }

  /** The file with its own certificate, for who is to trust it. */
  get certificate(): string {
    return this.own.certificate;
  }

  /** A server's certificate for names. */
  async issue(names: readonly string[]): Promise<Certificate> {
    const files = filesOf(this.folder, names.join().replaceAll("*", "any"));
    const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`;
    const issuer = ["-CA", this.own.certificate, "-CAkey", this.own.key];
    const server = ["-addext", "basicConstraints=critical,CA:FALSE"];
    await this.make(files, ["-subj", "/CN=server", "-addext", alternatives, ...server, ...issuer]);
    return files;
  }

  private async make({ key, certificate }: Certificate, further: readonly string[]): Promise<void> {
    await run("openssl", [...made, ...further, "-keyout", key, "-out", certificate], this.folder);
  }
}

function filesOf(folder: string, name: string): Certificate {
  return { key: join(folder, `${name}.key`), certificate: join(folder, `${name}.crt`) };
}
