import { BinaryReader } from "google-protobuf";

/** What has a length of its own: texts, bytes and messages. @see https://protobuf.dev/programming-guides/encoding/ */
const lengthDelimited = 2;

/**
 * The values of a message at a path of field numbers, each field along it repeated or not.
 *
 * @example values(response, 2, 3) // the names of a DeltaDiscoveryResponse's resources
 */
export function values(message: Uint8Array, ...[field, ...rest]: readonly number[]): readonly Uint8Array[] {
  if (field === undefined) return [message];
  const found: Uint8Array[] = [];
  const reader = new BinaryReader(message);
  while (reader.nextField()) {
    if (reader.getFieldNumber() === field && (reader.getWireType() as number) === lengthDelimited)
      found.push(reader.readBytes());
    else reader.skipField();
  }
  return found.flatMap((each) => values(each, ...rest));
}

export function texts(message: Uint8Array, ...path: readonly number[]): readonly string[] {
  return values(message, ...path).map((each) => Buffer.from(each).toString());
}
