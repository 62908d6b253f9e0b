import assert from "node:assert/strict";
import { podIdentityTrust, serviceTrust } from "../../../components/manifests/aws/iam";
import { partitionOf } from "../../../components/settings/aws/partition";

describe("who may take a role", () => {
  it("is one service account of one cluster, through Pod Identity", () => {
    assert.deepEqual(podIdentityTrust("shop", "kube-system", "controller"), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": "shop",
              "aws:RequestTag/kubernetes-namespace": "kube-system",
              "aws:RequestTag/kubernetes-service-account": "controller",
            },
          },
        },
      ],
    });
  });

  it("is an AWS service, for a role that it takes itself", () => {
    assert.deepEqual(serviceTrust("ec2.amazonaws.com"), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  it("is that service for one account only, where one is given", () => {
    assert.deepEqual(serviceTrust("vpc-flow-logs.amazonaws.com", "123456789012").Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ]);
  });
});

describe("the partition in ARNs", () => {
  for (const [region, partition] of [
    ["eu-west-1", "aws"],
    ["ap-northeast-2", "aws"],
    ["us-east-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ] as const) {
    it(`is ${partition} in ${region}`, () => {
      assert.equal(partitionOf(region), partition);
    });
  }
});
