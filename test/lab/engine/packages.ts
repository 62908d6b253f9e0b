import { dependencies } from "../../../package.json";

/** The provider packages of the program with their versions, which the engine only passes on. */
export const packages = {
  aws: dependencies["@pulumi/aws"],
  kubernetes: dependencies["@pulumi/kubernetes"],
  eks: dependencies["@pulumi/eks"],
};
