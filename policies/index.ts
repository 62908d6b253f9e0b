import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./pack";
import { rules } from "./rules";

// Constructing a pack starts a server: this file alone does it, and nothing imports this file.
new PolicyPack("eks-istio", { policies: policiesOf(rules) });
