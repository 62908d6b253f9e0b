// The walls between the rooms, which `npm run lint` holds. A line of imports goes down, never up or across:
//
//   index.ts, cli ─► platform.ts ─► stages ─► manifests ─► routing, access ─► settings ─► versions.ts
//   policies: index.ts, judge.ts, pack.ts ─► rules ─► istiod ─► facts ─► schemas ─► engine ◄─ sources
//
// A wall that moves, moves here and in test/walls.test.ts.

/** Everything of ours that a room of components, or of policies, does not name. */
const allBut = (whole, ...rooms) => ({ path: `^${whole}/`, pathNot: rooms.map((room) => `^${whole}/${room}`) });

const components = "components";
const policies = "policies";

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const forbidden = [
  {
    name: "no-cycles",
    comment:
      "Two files that import each other, by whatever way, are one file in two places: move what both need below.",
    // A value and its resource know each other; that is the one pair. A way through other files is still found from these.
    from: { pathNot: "^policies/engine/(resource|value)[.]ts$" },
    to: { circular: true },
  },

  {
    name: "policies-without-components",
    comment: "Policies restate what they check: code shared with a builder would hide the builder's mistake.",
    from: { path: "^policies/" },
    to: { path: "^(components/|index[.]ts$)" },
  },
  {
    name: "components-without-policies",
    comment: "A builder that knows the rules would be judged by its own code.",
    from: { path: "^(components/|index[.]ts$)" },
    to: { path: "^policies/" },
  },
  {
    name: "nothing-below-knows-the-commands",
    comment: "Components and policies serve other programs and Pulumi's engine, where there is no command line.",
    // The file by which the engine starts the pack, from a bundle as the commands do.
    from: { path: "^(components|policies)/", pathNot: "^policies/index[.]js$" },
    to: { path: "^(cli|scripts)/" },
  },
  {
    name: "commands-without-scripts",
    comment: "Scripts are for those who work on the project: a command must run without them.",
    from: { path: "^(cli/|index[.]ts$)" },
    to: { path: "^scripts/" },
  },
  {
    name: "only-tests-know-tests",
    // Scripts write what tests are held against, and are no part of a deployment.
    comment: "What tests make up must not reach a deployment: move what both need out of test/.",
    from: { pathNot: "^(test|scripts)/" },
    to: { path: "^test/" },
  },
  {
    name: "no-development-packages",
    comment: "The program, its commands and the policies run where only `dependencies` are installed.",
    from: { path: "^(components/|policies/|cli/|index[.]ts$)" },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },

  {
    name: "settings-at-the-bottom",
    comment: "Settings say what was written, and know neither what it means nor what is made of it.",
    from: { path: "^components/settings/" },
    to: allBut(components, "settings/", "versions[.]ts$"),
  },
  {
    name: "settings-without-pulumi",
    comment: "Only load.ts reads Pulumi's configuration: the checks run in tests, in the plan and in an editor, too.",
    from: { path: "^components/settings/", pathNot: "^components/settings/load[.]ts$" },
    to: { path: "node_modules/@pulumi/" },
  },
  {
    name: "routing-above-settings",
    comment: "Routing says what the settings mean, and doesn't know how that is written down.",
    from: { path: "^components/routing/" },
    to: allBut(components, "routing/", "settings/", "frozen[.]ts$"),
  },
  {
    name: "access-above-settings",
    comment: "Access says who the callers are that settings name, and doesn't know how that is written down.",
    from: { path: "^components/access/" },
    to: allBut(components, "access/", "settings/", "frozen[.]ts$"),
  },
  {
    name: "manifests-above-models",
    comment: "Manifests write down settings and models as plain objects, and don't know which stage registers them.",
    from: { path: "^components/manifests/" },
    to: allBut(components, "manifests/", "routing/", "access/", "settings/", "versions[.]ts$"),
  },
  {
    name: "models-without-pulumi",
    comment:
      "Models and manifests are pure: they may copy an Input, whose type they import, but make nothing with Pulumi.",
    from: { path: "^components/(routing|access|manifests)/" },
    to: { path: "node_modules/@pulumi/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "stages-below-the-platform",
    comment: "A stage gets what it needs from the platform that wires it, so that it can be used without it.",
    from: { path: "^components/(stages/|references[.]ts$|versions[.]ts$)" },
    to: { path: "^components/(platform[.]ts$|settings/load[.]ts$)" },
  },

  {
    name: "engine-without-rules",
    comment: "The engine runs any rules over any source: it knows none of them.",
    from: { path: "^policies/engine/" },
    to: allBut(policies, "engine/"),
  },
  {
    name: "sources-fill-the-engine",
    comment: "A source hands over plain resources, whatever is then asked of them.",
    from: { path: "^policies/sources/" },
    to: allBut(policies, "sources/", "engine/"),
  },
  {
    name: "schemas-above-the-engine",
    comment: "Schemas are tables of what Kubernetes and Istio publish, and know no question that is asked of them.",
    from: { path: "^policies/schemas/" },
    to: allBut(policies, "schemas/", "engine/"),
  },
  {
    name: "facts-below-rules",
    comment: "A fact is what several rules ask: one that asks a rule is that rule's own.",
    from: { path: "^policies/facts/" },
    to: allBut(policies, "facts/", "schemas/", "engine/"),
  },
  {
    name: "istiod-below-rules",
    comment: "What istiod refuses follows Istio's source, and not our rules.",
    from: { path: "^policies/istiod/" },
    to: allBut(policies, "istiod/", "facts/", "schemas/", "engine/"),
  },
  {
    name: "rules-stand-alone",
    comment: "Rules import facts, never each other: what two of them ask belongs to policies/facts.",
    from: { path: "^policies/rules/", pathNot: "/index[.]ts$" },
    to: allBut(policies, "engine/", "facts/", "istiod/", "schemas/"),
  },
  {
    name: "an-index-lists-its-own",
    comment: "A folder's index lists the rules in that folder and below, and nothing else.",
    from: { path: "^(policies/rules/.*)index[.]ts$" },
    to: { path: "^policies/", pathNot: ["^$1", "^policies/engine/"] },
  },
];

module.exports = {
  forbidden: forbidden.map((wall) => ({ severity: "error", ...wall })),
  options: {
    doNotFollow: { path: "node_modules" },
    // Imports of types count: they, too, say who knows whom.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
