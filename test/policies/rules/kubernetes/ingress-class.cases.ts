import { ingressClass } from "../../../../policies/rules/kubernetes/ingress-class";
import { cases } from "../../cases";
import { addIngress, addIngressClass } from "./drafts";

const here = "Ingress bookinfo/own:";
const annotations = { "kubernetes.io/ingress.class": "nginx" };

export default cases(ingressClass, {
  breaks: {
    "a typo in the class": {
      change: (stack) => {
        addIngressClass(stack, "nginx", "k8s.io/ingress-nginx");
        addIngress(stack, { ingressClassName: "nginix" });
      },
      finds: [
        `${here} no IngressClass nginix is here: no controller takes it. Did you mean nginx? If others make it, name "IngressClass default/nginix" under outside in the policies' configuration.`,
      ],
      severity: "advisory",
    },
    "another class in each place": {
      change: (stack) => addIngress(stack, { ingressClassName: "alb" }, { annotations }),
      finds: [
        `${here} has the annotation kubernetes.io/ingress.class beside another spec.ingressClassName: the API server refuses it. Take the annotation out.`,
      ],
      severity: "mandatory",
    },
  },
  keeps: {
    "a class that is here": (stack) => {
      addIngressClass(stack, "nginx", "k8s.io/ingress-nginx");
      addIngress(stack);
    },
    "a class that others make": (stack) => {
      addIngressClass(stack, "alb", "ingress.k8s.aws/alb");
      addIngress(stack);
    },
    "a class where none is here": (stack) => addIngress(stack),
    "the same class in both places": (stack) => addIngress(stack, { ingressClassName: "nginx" }, { annotations }),
    "the class in the annotation alone": (stack) => addIngress(stack, { ingressClassName: undefined }, { annotations }),
  },
});
