import type { Inventory } from "../../engine/inventory";
import { Undecided } from "../../engine/value";
import type { Workload } from "../kubernetes/workload";
import { distinct, revisionLabel, type ControlPlane } from "./control-planes";
import { fieldAt } from "./message-field";
import { listed } from "./objects";
import { mapIn } from "./parsed-yaml";
import { planesInCharge } from "./revisions";

/** The configuration that a gateway's proxy gets, and whether all of it can be seen. */
interface ProxyConfig {
  /** From the pods' annotation, or from the mesh's default where that says nothing. Throws if it is unknown. */
  get(...path: readonly string[]): unknown;
  /** False where the control plane in charge isn't here, so that the mesh's default is anybody's guess. */
  readonly isWhole: boolean;
}

/** The configuration of pods' proxies. Throws if it is unknown. */
export function proxyConfigOf(pods: Workload, inventory: Inventory): ProxyConfig {
  return inventory.memo(pods, read);
}

function read(pods: Workload, inventory: Inventory): ProxyConfig {
  const own = mapIn(pods.annotations, "proxy.istio.io/config");
  const planes = planesInCharge(pods, inventory);
  return {
    get: (...path) => {
      const given = fieldAt(own, path).plain();
      if (given !== undefined) return given;
      const [value, other] = distinct(planes.map(({ config }) => config.get("defaultConfig", ...path)));
      if (other) throw undecided(pods, planes);
      return value?.plain();
    },
    isWhole: planes.length > 0,
  };
}

function undecided(pods: Workload, planes: readonly ControlPlane[]): Undecided {
  const at =
    pods.release?.values.get("revision") ?? (pods.template ?? pods.resource).get("metadata", "labels", revisionLabel);
  const names = listed(planes.map(({ resource }) => resource.label));
  return new Undecided(pods.resource, at.keys, `doesn't say which control plane is in charge, and ${names} differ`);
}
