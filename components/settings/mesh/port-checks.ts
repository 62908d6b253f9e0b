import type { AppInput } from "../apps/schema";
import { onlyVersion, type WorkloadSettings } from "../apps/workload";
import type { Draft, Report } from "../check";
import type { MtlsOverride } from "./schema";

/**
 * Ports of an override that are a Service's and not the container's behind it, of applications whose pods are this stack's.
 * Others' pods may listen on anything.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/ (portLevelMtls)
 */
export function checkPorts(
  { apps = {}, guessed }: Draft,
  path: readonly PropertyKey[],
  override: MtlsOverride,
  report: Report,
): void {
  const selected = Object.entries(apps).flatMap(([name, app]) =>
    app.workload && selects(override, name, app) ? [{ name, app, workload: app.workload }] : [],
  );
  if (selected.some(({ name }) => guessed("apps", [name]))) return;
  const listening = new Set(selected.flatMap(({ app, workload }) => portsOf(app, workload)));
  for (const port of Object.keys(override.ports ?? {})) {
    const found = selected.find(({ app }) => app.port === Number(port));
    if (!found || listening.has(Number(port))) continue;
    const container = found.workload.containerPort ?? found.app.port;
    report(
      "mesh",
      [...path, "ports", port],
      `is the port of the Service of "${found.name}", and Istio reads ports of its containers here: this one changes nothing`,
      Object.hasOwn(override.ports ?? {}, String(container))
        ? `Remove it: ${container}, the container's port, is there already.`
        : `Write ${container}, the container's port.`,
    );
  }
}

/** Whether an override is for pods of an application. */
function selects({ namespace, selector = {} }: MtlsOverride, name: string, { namespace: own, versions }: AppInput) {
  const names = Object.keys(versions);
  const pods = (names.length > 0 ? names : [onlyVersion]).map((version) => ({ app: name, version }));
  return (
    namespace === own &&
    pods.some((labels: Readonly<Record<string, string>>) =>
      Object.entries(selector).every(([key, value]) => labels[key] === value),
    )
  );
}

/** Every port that the stack file says a container listens on. */
function portsOf({ port }: AppInput, { containerPort, readiness, liveness }: WorkloadSettings): number[] {
  return [containerPort ?? port, readiness?.port, liveness?.port].filter((each) => each !== undefined);
}
