import { readFileSync } from 'node:fs';
import { compile } from './avro.js';

const schemas = JSON.parse(readFileSync(new URL('../schemas.json', import.meta.url)));

// The types with which this package reads the outputs, by the names of their schemas.
export const TYPES = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, compile(schema)]));
