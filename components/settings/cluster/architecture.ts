/** The processor architecture of an EC2 instance type. Graviton families have a "g" behind the generation: m7g, c7gn, t4g, im4gn. */
export function architectureOf(instanceType: string): "arm64" | "x86_64" {
  const family = instanceType.split(".")[0] ?? "";
  return family === "a1" || /^[a-z]+\d+g[a-z]*$/.test(family) ? "arm64" : "x86_64";
}
