import * as k8s from "@pulumi/kubernetes";
import { Platform } from "../components/platform";
import { loadSettings } from "../components/settings/load";

const settings = loadSettings();
const platform = new Platform(settings.cluster.name, { settings });

/** What the platform has no setting for: by its provider, and once all of it stands. */
export const settingsOfShop = new k8s.core.v1.ConfigMap(
  "shop-settings",
  { metadata: { name: "settings", namespace: "default" }, data: { currency: "KRW" } },
  { provider: platform.provider, dependsOn: [platform] },
);
