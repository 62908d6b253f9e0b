import { nlbAccessLog } from "../../../../policies/rules/edge/nlb-access-log";
import { cases } from "../../cases";
import { annotate } from "./objects";

const finds = [
  "Service istio-ingress/istio-ingress: logs no connections: a handshake that fails here shows nowhere else. Add access_logs.s3.enabled=true and access_logs.s3.bucket=BUCKET to aws-load-balancer-attributes.",
];

export default cases(nlbAccessLog, {
  breaks: {
    "no log": { change: (stack) => annotate(stack, { attributes: undefined }), finds },
    "a log that is off": {
      change: (stack) => annotate(stack, { attributes: "access_logs.s3.enabled=false,access_logs.s3.bucket=log" }),
      finds,
    },
  },
  keeps: {
    "a log": (stack) => annotate(stack, { attributes: "access_logs.s3.enabled=true, access_logs.s3.bucket=log" }),
    "the older annotation": (stack) => annotate(stack, { "access-log-enabled": "true" }),
  },
});
