import { eachIn, type Warnings } from "../refuse";
import { warnServerTls } from "./server-tls";

// A redirect where there is no HTTP is IST-GATEWAY-TLS's to say.
export const warnGateway: Warnings = (gateway, warn, check) => {
  eachIn(check, gateway.get("spec", "servers"), (server) => {
    warnServerTls(server.get("tls"), warn, check);
  });
};
