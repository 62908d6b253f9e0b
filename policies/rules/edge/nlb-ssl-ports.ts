import type { Check, Rule } from "../../engine/rule";
import { balancers, type Balancer } from "../../facts/edge/balancer";

/** `ssl-ports` says which of the Service's ports speak TLS, and each of them exists. */
export const nlbSslPorts: Rule = {
  id: "AWS-NLB-SSL-PORTS",
  severity: "mandatory",
  title: "the load balancer speaks TLS on the ports that are meant to, and on no others",
  why: "A certificate without ssl-ports puts TLS on every port, so that plain HTTP can't even be redirected, and a port that the Service lacks makes the controller refuse it altogether.",
  fix: "Name the TLS ports of the Service in ssl-ports, by number or by name.",
  codes: [],
  docs: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#ssl-ports",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      if (!balancer.isOfAws) return;
      const annotation = balancer.annotation("ssl-ports");
      if (!balancer.has("ssl-cert")) {
        if (balancer.has("ssl-ports"))
          check.violation(annotation, {
            message: `ssl-ports is "${balancer.list("ssl-ports").join(",")}", but there is no ssl-cert: no port speaks TLS.`,
            fix: "Give the certificate's ARN in ssl-cert, or take ssl-ports out.",
          });
        return;
      }
      if (balancer.list("ssl-ports").length === 0) judgeNone(balancer, check);
      // The cloud provider's own passes over a port that isn't there.
      else if (balancer.isNetwork) judgePorts(balancer, check);
    }),
};

/** Where a gateway's proxy tells whether it is ready. */
const healthPort = 15021;

/** Without ssl-ports every port speaks TLS: right where there is only one. */
function judgeNone(balancer: Balancer, check: Check): void {
  const others = balancer.ports.filter(({ port, protocol }) => port !== 443 && protocol !== "UDP");
  // What asks whether a gateway is ready minds no TLS there, and nobody else asks.
  if (others.every(({ port }) => port === healthPort) || balancer.ports.length === 1) return;
  check.violation(balancer.annotation("ssl-ports"), {
    message: `ssl-cert without ssl-ports puts TLS on every port, ${others.map(({ port }) => port).join(" and ")} too: plain HTTP there fails before it can be redirected.`,
    fix: 'Set ssl-ports to "443".',
  });
}

function judgePorts(balancer: Balancer, check: Check): void {
  const annotation = balancer.annotation("ssl-ports");
  for (const entry of balancer.list("ssl-ports")) {
    const found = balancer.ports.find(({ port, name }) => String(port) === entry || name === entry);
    if (found?.port === 80)
      check.violation(annotation, {
        message: `ssl-ports "${entry}" puts TLS on port 80: browsers that follow an http:// address fail before they can be redirected.`,
        fix: `Take "${entry}" out of ssl-ports.`,
      });
    if (found) continue;
    const target = balancer.ports.find(({ targetPort }) => String(targetPort) === entry);
    const ports = balancer.ports.map(({ port, name }) => (name === undefined ? `${port}` : `${port} (${name})`));
    check.violation(annotation, {
      message: `ssl-ports names "${entry}", but the ports here are ${ports.join(" and ")}: the controller refuses the whole Service, and there is no load balancer.`,
      fix: target
        ? `Write the Service's port, "${target.port}": ${entry} is where the pods listen.`
        : 'Name a port of the Service, e.g. "443"; "*" stands for none.',
    });
  }
}
