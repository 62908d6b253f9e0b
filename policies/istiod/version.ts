/**
 * The minor version of Istio that this folder follows in what istiod's webhook refuses, and warns of.
 *
 * A test fails when another minor is installed. Then read what changed in Istio's validation between the two, bring the
 * files here up to it, let `npm run lab -- mesh -g analyzers` ask istiod and them about the same objects, and change this.
 *
 * @see https://github.com/istio/istio/tree/release-1.31/pkg/config/validation
 */
export const istioVersion = "1.31";
