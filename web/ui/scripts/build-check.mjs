// Rebuilds into a scratch folder and compares it byte by byte with the
// committed build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const scratch = join(root, '.dist-check');
const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

execFileSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
  cwd: root,
  env: { ...process.env, UI_OUT: '.dist-check' },
  stdio: 'inherit',
});
const built = files(scratch);
const kept = existsSync(join(root, 'dist')) ? files(join(root, 'dist')) : [];
const differ = [...new Set([...built, ...kept])].filter(
  (file) => !built.includes(file) || !kept.includes(file) || !readFileSync(join(scratch, file)).equals(readFileSync(join(root, 'dist', file))),
);
rmSync(scratch, { recursive: true, force: true });
if (differ.length > 0) {
  console.error(`dist is not what the source builds; run npm run build and commit:\n  ${differ.join('\n  ')}`);
  process.exit(1);
}
console.log(`dist matches its source: ${built.length} files`);
