import vue from "eslint-plugin-vue";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist", "node_modules", "test-results", "src/shared/api/server.ts", "src/shared/api/desk.ts"] },
  ...ts.configs.strict,
  ...vue.configs["flat/recommended"],
  {
    files: ["**/*.vue"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      // How lines are laid out is a matter of taste that no test should fail for.
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-indent": "off",
      "vue/html-self-closing": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/multiline-html-element-content-newline": "off",
      // Absent props are `undefined` by their types.
      "vue/require-default-prop": "off",
      "vue/multi-word-component-names": ["error", { ignores: ["Afterwards"] }],
      "@typescript-eslint/no-invalid-void-type": "off",
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error"] }],
    },
  },
  { files: ["scripts/**", "e2e/**"], rules: { "no-console": "off" } },
);
