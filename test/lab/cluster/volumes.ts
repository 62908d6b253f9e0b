import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ApiError, type Api } from "./api";
import type { Container, Pod, ProjectedSource, Volume } from "./pod";

/** Files of a volume, by path. */
type Files = Record<string, string | Buffer>;

/**
 * Writes a pod's volumes into a folder each, readable and writable for every user.
 *
 * @param read gives the pod's fields
 * @returns folders by the volume's name
 */
export async function writeVolumes(
  api: Api,
  pod: Pod,
  folder: string,
  read: (path: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  for (const volume of pod.spec.volumes ?? []) {
    const own = join(folder, volume.name);
    makeFolder(own);
    for (const [path, content] of Object.entries(await filesOf(api, pod, volume, read))) {
      makeFolder(dirname(join(own, path)));
      writeFileSync(join(own, path), content);
    }
    folders.set(volume.name, own);
  }
  return folders;
}

/** Puts volumes where a container wants them, below a folder that stands for the root of its file system. */
export function mountVolumes(
  { volumeMounts = [] }: Container,
  volumes: ReadonlyMap<string, string>,
  root: string,
): void {
  // Shorter paths first: /var/run/secrets before /var/run/secrets/istio.
  for (const { name, mountPath } of [...volumeMounts].sort((a, b) => a.mountPath.length - b.mountPath.length)) {
    const path = join(root, mountPath);
    makeFolder(dirname(path));
    const target = volumes.get(name);
    if (target === undefined)
      throw new Error(`${mountPath} is to show the volume ${name}, which the pod doesn't have.`);
    symlinkSync(target, path);
  }
}

async function filesOf(api: Api, pod: Pod, volume: Volume, read: (path: string) => string): Promise<Files> {
  const { configMap, secret, downwardAPI, projected } = volume;
  const named = secret && { ...secret, name: secret.secretName };
  const sources: readonly ProjectedSource[] = projected?.sources ?? [{ configMap, downwardAPI, secret: named }];
  const files: Files = {};
  for (const source of sources) Object.assign(files, await projection(api, pod, source, read));
  return files;
}

async function projection(api: Api, pod: Pod, source: ProjectedSource, read: (path: string) => string): Promise<Files> {
  const { namespace } = pod.metadata;
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  const files: Files = {};
  if (configMap) {
    const { data = {} } = await object<{ data?: Record<string, string> }>(api, "ConfigMap", namespace, configMap);
    const items = configMap.items ?? Object.keys(data).map((key) => ({ key, path: key }));
    for (const { key, path } of items) files[path] = data[key] ?? "";
  }
  if (secret) {
    const { data = {} } = await object<{ data?: Record<string, string> }>(api, "Secret", namespace, secret);
    for (const [key, value] of Object.entries(data)) files[key] = Buffer.from(value, "base64");
  }
  for (const { path, fieldRef } of downwardAPI?.items ?? []) if (fieldRef) files[path] = read(fieldRef.fieldPath);
  if (serviceAccountToken) {
    const account = pod.spec.serviceAccountName ?? "default";
    files[serviceAccountToken.path] = await api.serviceAccountToken(namespace, account, serviceAccountToken.audience);
  }
  return files;
}

async function object<Data>(
  api: Api,
  kind: string,
  namespace: string,
  { name, optional }: { readonly name: string; readonly optional?: boolean },
): Promise<Partial<Data>> {
  try {
    return (await api.get({ apiVersion: "v1", kind, metadata: { namespace, name } })) as unknown as Partial<Data>;
  } catch (error) {
    if (optional && error instanceof ApiError && error.status === 404) return {};
    throw error;
  }
}

/** A folder for all users: containers run as different ones. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o777);
}
