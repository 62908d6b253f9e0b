/** The package ships no types; this is the part that is used. @see https://github.com/blackflux/object-treeify */
declare module "object-treeify" {
  /** A nested object as a tree with branches drawn; its keys are the labels. */
  export default function treeify(
    tree: object,
    options?: { readonly sortFn?: ((a: string, b: string) => number) | null },
  ): string;
}
