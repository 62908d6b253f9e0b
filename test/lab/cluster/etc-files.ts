import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { dnsAddress } from "./name-server";
import type { Pod } from "./pod";

/** Files of this machine that a container finds in place of others, by the path at which it finds them. */
export type FilesInPlace = Readonly<Record<string, string>>;

/** Writes the files of /etc that a kubelet gives to each container of a pod. */
export function writeEtcFiles(folder: string, pod: Pod, address: string): FilesInPlace {
  const texts = { "/etc/hosts": hosts(pod, address), "/etc/resolv.conf": resolvConf(pod) };
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => {
      const file = join(folder, basename(path));
      writeFileSync(file, text);
      return [path, file];
    }),
  );
}

/** The shell command that puts files in place, in a mount namespace of its own. */
export function inPlace(files: FilesInPlace): string {
  return Object.entries(files)
    .map(([path, file]) => `${linkedFile(path)} && mount --bind ${file} ${path}`)
    .join(" && ");
}

/** Where systemd gives names, /etc/resolv.conf is a link into /run, which is empty in a container. */
function linkedFile(path: string): string {
  const target = `"$(readlink -m ${path})"`;
  return `{ [ ! -L ${path} ] || [ -e ${path} ] || { mkdir -p "$(dirname ${target})" && touch ${target}; }; }`;
}

function hosts({ metadata }: Pod, address: string): string {
  return `127.0.0.1 localhost\n${address} ${metadata.name}\n`;
}

/** @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ */
function resolvConf({ metadata, spec }: Pod): string {
  const { dnsPolicy = "ClusterFirst", dnsConfig } = spec;
  if (dnsPolicy !== "ClusterFirst" || dnsConfig)
    throw new Error(`The lab's kubelet can't give ${metadata.name} the DNS that it asks for.`);
  const search = [`${metadata.namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"];
  return `search ${search.join(" ")}\nnameserver ${dnsAddress}\noptions ndots:5\n`;
}
