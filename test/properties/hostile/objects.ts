import { loadAll } from "js-yaml";
import { shop } from "../../policies/shop";
import { furtherObjects } from "./further-objects";

/** A sound object of every kind that rules look at. */
export const objects: readonly unknown[] = [shop, furtherObjects].flatMap((text) => loadAll(text));
