export type Level = "error" | "warning" | "notice";

/** Where in the repository an annotation is shown. */
interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * A command to a runner of GitHub's, on one line, whatever stands in its texts. The commands' package, `@actions/core`,
 * brings an HTTP client with it, for these few lines.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 * @example `::error title=IST-ROUTE-WEIGHT,file=mesh/cart.yaml,line=12::VirtualService shop/cart: …`
 */
export function workflowCommand(level: Level, title: string, text: string, place?: Place): string {
  const properties = Object.entries({ title, file: place?.file, line: place?.line, col: place?.column })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${properties.join(",")}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
