#!/usr/bin/env bash
# Fetches the scripts that draw a report's figures, at the versions pinned here, and writes their licences beside them.
# Needs node and npm. Run it to move to newer versions: change the pins, run, look at a report, commit.
set -euo pipefail

VEGA=6.4.0
VEGA_LITE=6.5.0
VEGA_EMBED=7.3.0

assets="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/src/OneStep/Reports/Assets"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts "vega@$VEGA" "vega-lite@$VEGA_LITE" "vega-embed@$VEGA_EMBED"
cp node_modules/vega/build/vega.min.js \
   node_modules/vega-lite/build/vega-lite.min.js \
   node_modules/vega-embed/build/vega-embed.min.js \
   "$assets/"

# A bundle contains the packages its own depends on, so their licences travel with it. The packages named here serve
# command lines and types only and are in no bundle.
node - > "$assets/THIRD-PARTY-NOTICES.md" <<'NODE'
const fs = require('fs');
const outside = new Set(['commander', 'iconv-lite', 'rw', 'safer-buffer', 'tslib', 'vega-typings', 'yargs']);
const manifest = name => JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, 'utf8'));
const bundled = new Set();
const visit = name => {
  if (outside.has(name) || name.startsWith('@types/') || bundled.has(name)) return;
  bundled.add(name);
  Object.keys(manifest(name).dependencies ?? {}).forEach(visit);
};
['vega', 'vega-lite', 'vega-embed'].forEach(visit);

const licences = new Map();
for (const name of [...bundled].sort()) {
  const folder = `node_modules/${name}`;
  const file = fs.readdirSync(folder).find(entry => /^licen[sc]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file`);
  const text = fs.readFileSync(`${folder}/${file}`, 'utf8').replace(/[ \t]+$/gm, '').replace(/\r/g, '').trim();
  const { version, license } = manifest(name);
  const entry = licences.get(text) ?? { license, packages: [] };
  entry.packages.push(`${name} ${version}`);
  licences.set(text, entry);
}

console.log('# Third-party notices\n');
console.log('Reports draw their figures with the bundles `vega.min.js`, `vega-lite.min.js` and `vega-embed.min.js`, published on npm');
console.log('and kept here unchanged. They contain the packages below, each under the licence that follows its name.');
for (const [text, { license, packages }] of licences) {
  console.log(`\n## ${packages.join(', ')} (${license})\n\n${text.split('\n').map(line => line ? `    ${line}` : '').join('\n')}`);
}
NODE
