import type { Rule } from "../../../engine/rule";
import { afterIstiod } from "./after-istiod";
import { chartReplicas } from "./chart-replicas";
import { chartRequests } from "./chart-requests";
import { chartValues } from "./chart-values";

/** Rules about istiod and its charts. */
export const controlPlaneRules: readonly Rule[] = [chartReplicas, chartRequests, chartValues, afterIstiod];
