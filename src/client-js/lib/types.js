import { readFileSync } from 'node:fs';
import { compile } from './avro.js';

const schemas = JSON.parse(readFileSync(new URL('../schemas.json', import.meta.url)));

// The outputs' types as this package reads them, by the name of their schema.
export const TYPES = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, compile(schema)]));
