import type { Check } from "../check";
import { collision, mostOwnTags, tooManyTags } from "./schema";

/** The stack's tags beside those of the AWS provider: both are on everything. */
export const checkTags: Check = ({ tags = {}, defaultTags = {} }, report) => {
  const [own, others] = [Object.keys(tags), Object.keys(defaultTags)];
  for (const key of own) {
    const found = others.flatMap((other) => collision(key, other) ?? [])[0];
    if (found) report("tags", [key], `${found.message} (it stands in aws:defaultTags)`, found.params.fix);
  }
  const all = new Set([...own, ...others]).size;
  if (all > mostOwnTags && own.length <= mostOwnTags && others.length <= mostOwnTags) {
    const { message, params } = tooManyTags(all);
    report("tags", [], `${message} (those of aws:defaultTags count)`, params.fix);
  }
};
