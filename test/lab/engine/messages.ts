import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknown } from "./checks";
import type { Properties } from "./resource-type";

const signature = "4dabf18193072939515e22adb298388d";
const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** A message's properties as plain values: secrets and outputs are what they hold, or unknown. */
export function plain(struct: Struct | undefined): Properties {
  return unwrapped(struct?.toJavaScript() ?? {}) as Properties;
}

export function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Secrets and outputs come as `{signature, value}`, an output that isn't known yet without a value. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, signature)) {
    const held = value as Properties;
    return held[signature] === output && held.value === undefined ? unknown : unwrapped(held.value);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

/** Serves a method by a function that answers or throws. */
export function serve<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, reply) => {
    const fail = (error: unknown) =>
      reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    new Promise<Response>((resolve) => resolve(answer(call.request))).then((response) => reply(null, response), fail);
  };
}

/** A message with its fields set. */
export function filled<Message>(message: Message, fill: (message: Message) => void): Message {
  fill(message);
  return message;
}
