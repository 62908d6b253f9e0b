const { availableParallelism } = require("node:os");

module.exports = {
  require: ["tsx/cjs"],
  // The files beside the tests, such as the cases of rules, are no tests: one that a worker loaded first would be half loaded
  // where the others ask for it.
  extension: ["test.ts"],
  recursive: true,
  ignore: ["test/lab/**"],
  timeout: 20000,
  // For `npm test`, which runs files side by side. By default mocha leaves a processor unused.
  jobs: availableParallelism(),
  // Plans make many objects that live for milliseconds: with room for them, the garbage collector has half as much to do.
  "node-option": ["max-semi-space-size=64"],
};
