import { natZones } from "../../../../policies/rules/aws/nat-zones";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

const type = "aws:ec2/natGateway:NatGateway";
const gateway = (letter: string) => `shop-prod-network-nat-ap-northeast-2${letter}`;

function remove(stack: StackDraft, ...letters: readonly string[]): void {
  for (const letter of letters) stack.remove(type, gateway(letter));
}

const says = (without: string, served: string) =>
  `ec2 Vpc shop-prod-network-vpc: nodes in ${without} leave through a NAT gateway in ${served}: when that zone fails, they can't pull images or reach anything outside. Make a NAT gateway in each zone (network.nat: "perZone").`;

export default cases(natZones, {
  breaks: {
    "one gateway for three zones": {
      change: (stack) => remove(stack, "b", "c"),
      severity: "advisory",
      finds: [says("ap-northeast-2b and ap-northeast-2c", "ap-northeast-2a")],
    },
    "a gateway that doesn't lead outside": {
      change: (stack) => (stack.resource(type, gateway("b")).connectivityType = "private"),
      finds: [says("ap-northeast-2b", "ap-northeast-2a or ap-northeast-2c")],
    },
  },
  keeps: {
    "a gateway in a zone that AWS picks": (stack) => {
      remove(stack, "b", "c");
      delete stack.resource("aws:ec2/subnet:Subnet", "shop-prod-network-public-ap-northeast-2a").availabilityZone;
    },
    "no gateways: the way out is elsewhere": (stack) => stack.remove(type),
    "one gateway for the region": (stack) => {
      remove(stack, "b", "c");
      stack.resource(type, gateway("a")).availabilityMode = "regional";
    },
  },
});
