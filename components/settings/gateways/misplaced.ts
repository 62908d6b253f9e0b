import { isMap } from "../reading/maps";
import { defaultGateway, plainEgress } from "./names";
import { gateway } from "./schema";

/** A section `gateways` with the settings of one gateway in it, as a stack with one may have them by mistake. */
interface Misplaced {
  /** Keys of the settings. */
  readonly keys: readonly string[];
  /** The name that the gateway lacks. */
  readonly name: string;
  /** The section as it was meant. */
  readonly meant: Readonly<Record<string, unknown>>;
}

/**
 * Settings of one gateway that stand where the gateways' names do: `gateways: {scheme: internal}`.
 *
 * @returns undefined where there are none
 */
export function misplacedSettings(gateways: unknown): Misplaced | undefined {
  if (!isMap(gateways)) return undefined;
  const settings = Object.entries(gateways).filter(([key, value]) => isSetting(key, value));
  if (settings.length === 0) return undefined;
  const keys = settings.map(([key]) => key);
  const named = Object.entries(gateways).filter(([key]) => !keys.includes(key));
  const name = settings.some(([key, value]) => key === "type" && value === "egress") ? plainEgress : defaultGateway;
  const { [name]: own, ...others } = Object.fromEntries(named);
  return { keys, name, meant: { [name]: { ...Object.fromEntries(settings), ...(isMap(own) && own) }, ...others } };
}

/** A gateway may be called `replicas`, but then its value is no such setting. */
function isSetting(key: string, value: unknown): boolean {
  if (!Object.hasOwn(gateway.shape, key)) return false;
  return !isMap(value) || gateway.shape[key as keyof typeof gateway.shape].safeParse(value).success;
}
