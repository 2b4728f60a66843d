// Writes schemas.json: the schemas with which this package reads the outputs. They are the schemas in schemas/decision
// without their docs; index.d.ts has the docs.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const FOLDER = new URL('../../schemas/decision/', import.meta.url);

export function schemas() {
  const files = readdirSync(FOLDER).sort();
  const parse = (file) =>
    JSON.parse(readFileSync(new URL(file, FOLDER)), (name, value) => (name === 'doc' ? undefined : value));
  return `${JSON.stringify(Object.fromEntries(files.map((file) => [file.replace('.avsc', ''), parse(file)])), null, 1)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(new URL('schemas.json', import.meta.url), schemas());
}
