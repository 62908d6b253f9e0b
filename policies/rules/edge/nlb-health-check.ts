import type { Check, Rule } from "../../engine/rule";
import { wrongValue } from "../../facts/causes";
import { balancers, type Balancer } from "../../facts/edge/balancer";
import { gatewaysBehind } from "../../facts/edge/connections";

/** The load balancer asks a gateway's health port for health. */
export const nlbHealthCheck: Rule = {
  id: "AWS-NLB-HEALTH-CHECK",
  severity: "mandatory",
  title: "the load balancer's health check asks the gateway's health port",
  why: "A check that the gateway can't pass leaves no healthy pod, and one that only sees an open port sends users to pods that aren't ready.",
  fix: "Check http on port 15021, path /healthz/ready.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/deployment/application-requirements/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (balancer.isNetwork && gatewaysBehind(balancer, inventory).length > 0) judge(balancer, check);
    }),
};

/** The agent answers on both, and on the second for Prometheus, too. */
const healthPorts = new Set(["15021", "15020"]);
const healthPath = "/healthz/ready";

function judge(balancer: Balancer, check: Check): void {
  const [protocol, port, path] = ["protocol", "port", "path"].map((key) => balancer.annotation(`healthcheck-${key}`));
  if (!protocol || !port || !path) return;
  const asked = protocol.text()?.toLowerCase() ?? "tcp";
  const number = port.text() ?? "traffic-port";
  if (asked === "tcp") {
    // Nothing else gets through with PROXY protocol.
    if (!balancer.sendsProxyProtocol)
      check.violation(protocol, {
        ...wrongValue(protocol),
        follows: true,
        message:
          "the health check only sees that a port is open: a pod that is stopping, or has no configuration yet, still gets connections.",
        fix: `Set healthcheck-protocol to "http", healthcheck-port to "15021" and healthcheck-path to "${healthPath}".`,
        severity: "advisory",
      });
  } else if (!healthPorts.has(number))
    check.violation(port, {
      ...wrongValue(port),
      follows: true,
      message: `the health check asks ${number === "traffic-port" ? "the ports of the traffic" : `port ${number}`}, where Envoy knows no such host and answers 404: no pod ever becomes healthy.`,
      fix: 'Set healthcheck-port to "15021".',
    });
  else if (asked === "https")
    check.violation(protocol, {
      ...wrongValue(protocol),
      follows: true,
      message: `the health check speaks TLS on port ${number}, which is plain HTTP: no pod ever becomes healthy.`,
      fix: 'Set healthcheck-protocol to "http".',
    });
  else if (path.text() !== healthPath)
    check.violation(path, {
      ...wrongValue(path),
      follows: true,
      message: `the health check asks for ${path.text() ?? "/"} on port ${number}, which only knows ${healthPath}: no pod ever becomes healthy.`,
      fix: `Set healthcheck-path to "${healthPath}".`,
    });
}
