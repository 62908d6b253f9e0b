import type { Rule } from "../../../engine/rule";
import { annotation } from "./annotation";
import { imageAuto } from "./image-auto";
import { injectionLabels } from "./injection-labels";
import { injection } from "./injection";
import { portName } from "./port-name";
import { proxyUser } from "./proxy-user";
import { serviceConflict } from "./service-conflict";
import { workloadGroup } from "./workload-group";

/** Rules about pods in the mesh. */
export const workloadRules: readonly Rule[] = [
  annotation,
  imageAuto,
  injectionLabels,
  injection,
  portName,
  proxyUser,
  serviceConflict,
  workloadGroup,
];
