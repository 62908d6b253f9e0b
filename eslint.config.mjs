import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules", "dist", "plan", "**/*.cjs", "policies/index.js"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // An Output in a template prints a warning instead of its value: pulumi.interpolate is for those.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `a || b` asks whether there is any of the two, where an empty one counts as none.
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='apply'] NewExpression[callee.type='MemberExpression']",
          message: "A resource made in apply is missing from previews: make it outside, and pass the output to it.",
        },
        {
          selector:
            "CallExpression[callee.property.name='apply'] NewExpression[callee.name=/^(Network|Cluster|NodeGroup|Mesh|Gateway|App|Certificate|Platform|HostedZone|DomainRecords|Namespaces|Manifests|LoadBalancerController|PodIdentityRole)$/]",
          message: "A component made in apply is missing from previews: make it outside, and pass the output to it.",
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-floating-promises": "error",
    },
  },
  {
    // Cases change whole stacks where they like, without types.
    files: ["test/policies/**/*.ts"],
    rules: Object.fromEntries(
      ["argument", "assignment", "call", "member-access", "return"].map((use) => [
        `@typescript-eslint/no-unsafe-${use}`,
        "off",
      ]),
    ),
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
