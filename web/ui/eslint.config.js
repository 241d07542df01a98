import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

const projects = { project: ['./tsconfig.json', './tsconfig.node.json'], extraFileExtensions: ['.svelte'] };

export default ts.config(
  { ignores: ['dist', 'node_modules', '.dist-check', 'src/api/schema.d.ts', 'public', 'scripts', 'eslint.config.js', 'svelte.config.js'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { ...projects, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers read well in templates; everything else must be made text on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => doIt()` is how a handler is written.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { ...projects, parser: ts.parser, svelteConfig } },
    rules: {
      // A rune is assigned once and read often: `let` is how Svelte writes it.
      'prefer-const': 'off',
      // State is immutable values in $state.raw; what is mutable is local.
      'svelte/prefer-svelte-reactivity': 'off',
      // `void x` in an effect names what it depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // The linter does not know the types of what components hand to callbacks; svelte-check does, and checks them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // A variable that a closure changes looks constant to it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Hash routes are plain links; there is no router to resolve them.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['e2e/**', 'vite.config.ts'], languageOptions: { globals: { ...globals.node } } },
);
