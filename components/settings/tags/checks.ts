import type { Check } from "../check";
import { excessOfAll, mostZoneTags, Spellings } from "./schema";

/** The stack's tags beside those of the AWS provider: both are on everything that the provider makes. */
export const checkTags: Check = ({ tags = {}, defaultTags = {}, domain, guessed }, report) => {
  const [own, others] = [Object.keys(tags), Object.keys(defaultTags)];
  const spellings = new Spellings(others);
  for (const key of own) {
    const found = spellings.collision(key);
    if (found) report("tags", [key], `${found.message} (it stands in aws:defaultTags)`, found.params.fix);
  }
  const counted = others.length > 0 ? " (those of aws:defaultTags count)" : "";
  const tooMany = excessOfAll(own, others);
  if (tooMany) report("tags", [], `${tooMany.message}${counted}`, tooMany.params.fix);

  const all = new Set([...own, ...others]).size;
  const created =
    domain &&
    [domain, ...domain.additional].find(
      ({ zone }, index) =>
        zone.create && !guessed("domain", [...(index === 0 ? [] : ["additional", index - 1]), "zone"]),
    );
  if (created && all > mostZoneTags)
    report(
      "tags",
      [],
      `has ${all} tags, and a hosted zone may have ${mostZoneTags}: Route 53 would refuse those of ${created.name}, which this stack creates${counted}`,
      "Remove some, or create the zone yourself and write its id under domain.zone.id.",
    );
};
