import { Netmask } from "netmask";
import * as z from "zod";
import { eachRepeated } from "./repeated";
import { ipv4Cidr, refusal } from "./scalars";

/** A range as EC2 keeps it. It refuses others, or cuts them to size, so that every later preview has a difference. */
const wholeRange = ipv4Cidr.check(({ value, issues }) => {
  if (!z.safeParse(ipv4Cidr, value).success) return;
  const { base, bitmask } = new Netmask(value);
  const [address] = value.split("/");
  if (address !== base)
    issues.push({
      ...refusal(
        "is not the first address of its range",
        `Write "${base}/${bitmask}", or "${address}/32" for that address alone.`,
      ),
      input: value,
    });
});

/** A list of IPv4 ranges: each begins with its first address, and stands there once. */
export const ipv4Cidrs = z
  .array(wholeRange)
  .check(({ value, issues }) =>
    eachRepeated(value, (index) =>
      issues.push({ ...refusal("is listed twice", "Remove one of them."), input: value, path: [index] }),
    ),
  )
  .meta({ uniqueItems: true });
