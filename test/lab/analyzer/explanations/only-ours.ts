import { at, beside, both, hasSeveralHosts, isElsewhere, isForgotten, said } from "./conditions";
import type { Explanation } from "./explanation";

/** What this project's rules say and Istio's analyzers don't. What explains nothing any more has to go. */
export const onlyOurs: readonly Explanation[] = [
  {
    about: "IST-JWKS-ADDRESS",
    because: "Istio says it of istiod, ours of the RequestAuthentication that makes istiod fetch keys",
  },
  {
    about: "IST-GATEWAY-CONFLICT",
    when: said(/ no order that anybody chose\.$/),
    because: "Istio looks for the same text in both; the same host may be written differently, as ./host and host",
  },
  {
    about: "IST-GATEWAY-CONFLICT",
    when: isForgotten,
    because: "of a Gateway's servers on one port, Istio's analyzer remembers the last",
  },
  {
    about: "IST-GATEWAY-SHARED-CERT",
    because: "Istio says it of one side, and not of two servers of one Gateway",
  },
  {
    about: "IST-ENTRY-ONCE",
    when: said(/: its endpoints come from both\.$/),
    because: "Istio looks for different protocols; that endpoints are mixed is as surprising",
  },
  {
    about: "IST-POLICY-INEFFECTIVE",
    when: at("Sidecar"),
    because: "Istio looks for pods that are in ambient mode already, ours also for namespaces that put them there",
  },
  {
    about: "IST-ROUTE-WEIGHT",
    when: said(/ come to (?!0\b)| has one destination /),
    because: "Istio takes any weights but zeros alone; 90 and 5 are still no canary of 5 percent",
  },
  {
    about: "IST-GATEWAY-CONFLICT",
    when: said(/another server of this Gateway/),
    because: "Istio compares Gateways, not the servers of one",
  },
  {
    about: "IST-GATEWAY-CONFLICT",
    when: said(/^takes /),
    because: "Istio compares hosts, not protocols, of one port",
  },
  {
    about: "IST-POLICY-SELECTOR",
    when: (difference) => !at("Sidecar", "Telemetry", "AuthorizationPolicy")(difference),
    because: "Istio looks at the selectors of three kinds, ours at all",
  },
  {
    about: "IST-ROUTE-UNREACHABLE",
    because: "Istio compares conditions as text, and prefixes; ours knows what each of them takes",
  },
  {
    about: "IST-ROUTE-OVERLAP",
    because: "Istio compares conditions as text, and prefixes; ours knows what each of them takes",
  },
  {
    about: "IST-HOST-ONCE",
    when: said(/ on the same Gateway, /),
    because: "Istio looks at the mesh; on a Gateway, which of two routes counts is left to age as well",
  },
  { about: "IST-DEPRECATED", when: said(/^LEAST_CONN /), because: "Istio's list of fields lacks it" },
  {
    about: "IST-ANNOTATION",
    when: (difference) => !at("Service", "Namespace", "Pod")(difference),
    because: "Istio looks at Services, Namespaces, pods and a Deployment's own metadata; ours at pods' templates, too",
  },
  {
    about: "IST-AUTHZ-EMPTY",
    when: said(/^AUDIT /),
    because: "Istio refuses DENY and CUSTOM without rules; AUDIT acts on nothing as well",
  },
  {
    about: "IST-DESTINATION-ONCE",
    when: said(/ too: Istio (drops|takes) /),
    because: "Istio merges DestinationRules, and doesn't say what it drops",
  },
  {
    about: "IST-SUBSET-PODS",
    when: isElsewhere,
    because: "Istio takes pods of any namespace for the Service's, and for endpoints of a ServiceEntry",
  },
  {
    about: "IST-ROUTE-INGRESS",
    because: "Istio compares names of hosts as text, ours what they lead to",
  },
  { about: "K8S-SCHEMA", because: "Istio drops fields that it doesn't know before it looks" },
  {
    about: "IST-INJECTION-LABELS",
    when: at("Pod", "Deployment"),
    because: "Istio looks at namespaces only",
  },
  {
    about: "IST-POLICY-ONCE",
    when: at("PeerAuthentication"),
    because: "Istio looks at Sidecars and Telemetries only",
  },
  {
    about: "IST-GATEWAY-HOST",
    when: hasSeveralHosts,
    because: "Istio is content if a Gateway takes one of the hosts",
  },
  {
    about: "IST-ROUTE-PORT",
    when: beside("IST0101 host"),
    because: "Istio looks no further at a host that isn't exported to the route's namespace",
  },
  {
    about: "IST-WARNED",
    when: both(said(/ and no outlierDetection: /), ({ path = "" }) => /\b(subsets|portLevelSettings)\b/.test(path)),
    because: "Istio looks for it, too, and loses what it would say of subsets and of single ports",
  },
  {
    about: "IST-WARNED",
    when: said(/^has fault\.abort without a status /),
    because: "Istio looks for it, too, and loses what it would say",
  },
  {
    about: "IST-WARNED",
    when: both(said(/^names the extension /), beside("IST0133 unknown field")),
    because: "Istio looks no further than the first field that it doesn't know",
  },
];
