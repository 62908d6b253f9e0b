import {
  at,
  beside,
  both,
  hasAddress,
  hasShortHost,
  isByMethod,
  isCarried,
  isComplete,
  isEmpty,
  isForItself,
  isGatewayMissing,
  isHere,
  isHidden,
  isMerged,
  isOnGatewaysAlone,
  isOthers,
  isOthersGateway,
  isSubsetDeployed,
  isToBeInjected,
  isWithoutMesh,
  isWithoutOwnPods,
  isWithoutPods,
  namespaceOf,
  objects,
  said,
} from "./conditions";
import type { Explanation } from "./explanation";

const othersHost =
  "what isn't here may be others': no Service is in that namespace, or the host is none of a Service's";
const othersPods = "what isn't here may be others': no pods are in that namespace";
const carried =
  "Istio looks at pods that run in the mesh; ours at all, and at what makes them (IST-AUTHZ-UNENFORCED asks for the proxy)";
const subsetOfMissing = "a host that is missing is told once; if it may be others', so may the subset";

/** What Istio's analyzers say and this project's rules don't. What explains nothing any more has to go. */
export const onlyIstio: readonly Explanation[] = [
  { about: "IST0101 host", when: isOthers, because: othersHost },
  { about: "IST0101 mirror host", when: isOthers, because: othersHost },
  { about: "IST0101 host", when: said(/"istiod\.istio-system\./), because: "istiod's Service comes with Istio" },
  { about: "IST0174", when: isOthers, because: othersHost },
  {
    about: "IST0101 host+subset in destinationrule",
    when: (difference) => !isHere(difference),
    because: subsetOfMissing,
  },
  {
    about: "IST0101 mirror+subset in destinationrule",
    when: (difference) => !isHere(difference),
    because: subsetOfMissing,
  },
  {
    about: "IST0101 gateway",
    when: isOthersGateway,
    because: "what isn't here may be others': no Gateway is in that namespace",
  },
  {
    about: "IST0132",
    when: isGatewayMissing,
    because: "a missing Gateway is told once, or may be others'",
  },
  {
    about: "IST0101 selector",
    when: both(at("Sidecar", "Telemetry"), isWithoutPods),
    because: othersPods,
  },
  { about: "IST0101 selector", when: both(at("Sidecar", "Telemetry"), isCarried), because: carried },
  { about: "IST0127", when: isWithoutPods, because: othersPods },
  { about: "IST0127", when: isCarried, because: carried },
  {
    about: "IST0127",
    when: ({ object }) => object.includes(" istio-system/"),
    because: "what isn't here may be others', of the whole mesh's pods the more so",
  },
  {
    about: "IST0101 selector",
    when: both(at("Gateway"), isEmpty),
    because: "Istio says it of a Gateway without servers, whatever pods there are",
  },
  {
    about: "IST0101 namespace",
    when: said(/\*/),
    because: "a pattern may be for namespaces to come",
  },
  {
    about: "IST0101 host",
    when: both(isHidden, isOnGatewaysAlone),
    because: "Istio asks whether the route's own namespace sees the host, ours whether its Gateways' pods do",
  },
  {
    about: "IST0101 host",
    when: ({ object }) => object === "VirtualService hello/hello-export-to-bogus",
    because: "it is exported to a namespace that isn't here, and used by nobody",
  },
  {
    about: "IST0174",
    when: isHidden,
    because:
      "the host is there, but not exported to the DestinationRule's namespace: IST-EXPORT-TO says so where a route needs it",
  },
  {
    about: "IST0173",
    when: isWithoutOwnPods,
    because: "no pods of the Service are here: others deploy them",
  },
  {
    about: "IST0112",
    when: isForItself,
    because: "in the mesh a request for the host itself keeps the port that it was sent to",
  },
  {
    about: "IST0131",
    when: beside("IST-ROUTE-UNREACHABLE"),
    because: "of a rule that is never reached, the conditions aren't told apart",
  },
  {
    about: "IST0131",
    when: both(said(/ of prefix /), isByMethod),
    because: "Istio takes a prefix with a method for wider than one with none",
  },
  {
    about: "IST0137",
    when: said(/ services \[(\S+) \1\] /),
    because: "two ports of one Service for one of its pods' are somebody's decision",
  },
  {
    about: "IST0147",
    when: isToBeInjected,
    because:
      "Istio says it of any Pod with the image, since one that runs was not injected; a Pod in a file is yet to be",
  },
  {
    about: "IST0146",
    when: (difference) =>
      !objects(difference, "Namespace").some(({ metadata }) => metadata.name === namespaceOf(difference)),
    because: "its Namespace, whose labels decide, isn't here",
  },
  {
    about: "IST0140",
    when: hasShortHost,
    because: "Istio compares short names as text, whatever namespace they are for",
  },
  {
    about: "IST0161",
    when: isComplete,
    because: "what a Secret holds is hidden from the rules: a damaged or expired certificate looks like any",
  },
  {
    about: "IST0102",
    when: isWithoutMesh,
    because: "without any object of Istio's, the namespace may be in a cluster without a mesh",
  },
  {
    about: "IST0109",
    when: said(/\/\*\.productpage\.d /),
    because: "a wildcard and a longer one aren't the same host: the longer one counts",
  },
  {
    about: "IST0107",
    when: said(/kubernetes\.io\/ingress\.class/),
    because: "that annotation is Kubernetes' own",
  },
  {
    about: "IST0159",
    when: ({ input }) => input.title === "k8sgateway-selector.yaml",
    because: "one of them has targetRefs, which go before its selector",
  },
  {
    about: "IST0162",
    when: (difference) => objects(difference, "Service", namespaceOf(difference)).length === 0,
    because: "no Service here leads to those pods, since one of another namespace can't",
  },
  {
    about: "IST0175",
    because: "Istio says it of istiod, ours of the RequestAuthentication that makes istiod fetch keys",
  },
  {
    about: "IST0173",
    when: isSubsetDeployed,
    because: carried,
  },
  {
    about: "IST0149",
    when: beside("IST-ROUTE-JWT"),
    because: "a VirtualService that Istio refuses is told once",
  },
  {
    about: "IST0133 EnvoyFilter",
    because: "Istio says it of every EnvoyFilter, whatever is in it; that there is one is somebody's decision",
  },
  {
    about: "IST0133 Gateway's name",
    because: "a Gateway by an old form of its name is IST-ROUTE-GATEWAY's to look for",
  },
  {
    about: "IST0133 TCP addresses",
    when: hasAddress,
    because: "istiod has given it an address, which stands in its status",
  },
  {
    about: "IST0133 untyped extension",
    when: isMerged,
    because: "what is merged into an extension may leave the settings as they are",
  },
];
