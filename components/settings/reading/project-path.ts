import * as z from "zod";
import { rule } from "../scalars";

/** A file or a folder that a stack file names. */
export const projectPath = z
  .string()
  .min(1)
  .refine(
    (value) => !/^(?:[/\\~]|[A-Za-z]:)/.test(value),
    rule(
      "must be a path from the project's folder on: another machine has other folders",
      'Write it like "manifests".',
    ),
  );
