const { availableParallelism } = require("node:os");

module.exports = {
  require: ["tsx/cjs"],
  extension: ["ts"],
  recursive: true,
  ignore: ["test/lab/**"],
  timeout: 20000,
  // For `npm test`, which runs files side by side. By default mocha leaves a processor unused.
  jobs: availableParallelism(),
  // Plans make many objects that live for milliseconds: with room for them, the garbage collector has half as much to do.
  "node-option": ["max-semi-space-size=64"],
};
