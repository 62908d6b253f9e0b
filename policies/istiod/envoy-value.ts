import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { fieldOf, messageOf, type Field, type Message } from "../schemas/envoy";
import { eachIn, eachOf, guarded } from "./refuse";

/** What a patch of each place is for Envoy. */
const messages: Readonly<Record<string, string>> = {
  BOOTSTRAP: "envoy.config.bootstrap.v3.Bootstrap",
  CLUSTER: "envoy.config.cluster.v3.Cluster",
  EXTENSION_CONFIG: "envoy.config.core.v3.TypedExtensionConfig",
  FILTER_CHAIN: "envoy.config.listener.v3.FilterChain",
  HTTP_FILTER: "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
  HTTP_ROUTE: "envoy.config.route.v3.Route",
  LISTENER: "envoy.config.listener.v3.Listener",
  LISTENER_FILTER: "envoy.config.listener.v3.ListenerFilter",
  NETWORK_FILTER: "envoy.config.listener.v3.Filter",
  ROUTE_CONFIGURATION: "envoy.config.route.v3.RouteConfiguration",
  VIRTUAL_HOST: "envoy.config.route.v3.VirtualHost",
};

/** What is asked of each part of a patch's value that is a message. */
interface Visitor {
  /**
   * A message.
   *
   * @param isOwn whether it is part of the patch itself, and not of one in a list, in a map or in typed settings
   */
  message?(at: Value, message: Message, isOwn: boolean): void;
  /** A field that the message doesn't have. */
  unknownField?(at: Value, key: string, message: Message): void;
  /** Anything without a type that Istio knows; undefined if it names none. */
  unknownType?(at: Value, type: string | undefined): void;
}

/** Looks through the value of an EnvoyFilter's patch, message by message, each field guarded on its own. */
export function visitPatch(patch: Value, visitor: Visitor, check: Check): void {
  const message = messages[patch.get("applyTo").text() ?? ""];
  if (message !== undefined) visit(patch.get("patch", "value"), message, visitor, check, true);
}

/** Messages that are written another way than field by field, or take whatever is there. */
const free = /^google\.protobuf\.(\w*Value|Duration|Empty|FieldMask|Struct|Timestamp)$/;
const any = "google.protobuf.Any";

function visit(value: Value, name: string, visitor: Visitor, check: Check, isOwn: boolean): void {
  guarded(check, () => {
    if (!value.exists || free.test(name)) return;
    const type = value.get("@type").text();
    const own = name === any ? (type ?? "").split("/").at(-1) : name;
    if (free.test(own ?? "")) return;
    const message = messageOf(own ?? "");
    if (!message) {
      visitor.unknownType?.(value, type);
      return;
    }
    visitor.message?.(value, message, isOwn && name !== any);
    eachOf(check, value, ([key, inner]) => {
      if (name === any && key === "@type") return;
      const field = fieldOf(message, key);
      if (!field) visitor.unknownField?.(inner, key, message);
      else visitField(inner, field, visitor, check, isOwn && name !== any);
    });
  });
}

function visitField(value: Value, { message, holds }: Field, visitor: Visitor, check: Check, isOwn: boolean): void {
  if (message === undefined) return;
  const judge = (entry: Value) => {
    visit(entry, message, visitor, check, isOwn && holds === "one");
  };
  if (holds === "one") judge(value);
  if (holds === "list") eachIn(check, value, judge);
  if (holds === "map") eachOf(check, value, ([, entry]) => judge(entry));
}
