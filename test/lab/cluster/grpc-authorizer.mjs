// An external authorizer that speaks Envoy's ext_authz over gRPC, at port 9191: it refuses requests in which /refused stands.
// https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/auth/v3/external_auth.proto
import { createServer } from "node:http2";

/** A CheckResponse: without a status it lets in, and PERMISSION_DENIED (7) refuses. */
const letsIn = Buffer.of();
const refuses = Buffer.of(0x0a, 2, 0x08, 7);

/** Not compressed, and how long it is. */
function framed(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const server = createServer();
server.on("stream", (stream) => {
  const parts = [];
  stream.on("data", (part) => parts.push(part));
  stream.on("end", () => {
    // Texts stand in a CheckRequest as they are.
    const refused = Buffer.concat(parts).includes("/refused");
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.end(framed(refused ? refuses : letsIn));
  });
});
server.listen(9191, "0.0.0.0");
process.on("SIGTERM", () => process.exit());
