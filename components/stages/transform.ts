import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * A way to change a child that a component makes: arguments to lay over ours, or a function that changes ours in place.
 *
 * @example
 * ```ts
 * new Network("shop-network", { ..., transform: { vpc: { instanceTenancy: "dedicated" } } });
 * new Network("shop-network", { ..., transform: { vpc: (args, opts) => { opts.protect = true; } } });
 * ```
 *
 * Children without a transform of their own are reached by Pulumi's `transformations`, an option of every component.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transformations/
 */
export type Transform<Args extends object> =
  Partial<Args> | ((args: Args, opts: CustomResourceOptions, name: string) => void);

/** The name, arguments and options of a child, after its transform. */
export function transformed<Args extends object, Options extends CustomResourceOptions>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  opts: Options,
): [name: string, args: Args, opts: Options] {
  if (typeof transform !== "function") return [name, { ...args, ...transform }, opts];
  const [ownArgs, ownOpts] = [{ ...args }, { ...opts }];
  transform(ownArgs, ownOpts, name);
  return [name, ownArgs, ownOpts];
}
