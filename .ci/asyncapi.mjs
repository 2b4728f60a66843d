// Validates deploy/asyncapi.yaml, including the Avro payloads, with AsyncAPI's own parser:
//   node .ci/asyncapi.mjs FOLDER    where FOLDER/node_modules contains @asyncapi/parser and @asyncapi/avro-schema-parser
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const { Parser, fromFile } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const avro = AvroSchemaParser();
const parser = new Parser();
parser.registerSchemaParser(avro);
const { document, diagnostics } = await fromFile(parser, 'deploy/asyncapi.yaml').parse();

// Severities 2 and 3 are information and hints (for example: there is a newer version of AsyncAPI).
const problems = diagnostics.filter(({ severity }) => severity <= 1).map(({ path, message }) => `${path.join('.')}: ${message}`);

// For documents of version 3, the parser converts Avro to JSON Schema without validating the Avro schema.
const messages = Object.entries(document?.json().components.messages ?? {});
const payloads = messages.filter(([, message]) => message.payload !== undefined);
for (const [name, { payload }] of payloads) {
  const written = payload['x-parser-original-payload'];
  const found = written === undefined ? [{ message: 'not read as Avro' }] : await avro.validate({ data: written, path: [] });
  problems.push(...found.map(({ message }) => `components.messages.${name}.payload: ${message}`));
}
if (document === undefined || payloads.length === 0 || problems.length > 0) {
  console.error(`deploy/asyncapi.yaml is not valid:\n${problems.join('\n')}`);
  process.exit(1);
}
console.log(
  `valid: AsyncAPI ${document.version()}, ${document.channels().all().length} channels,`
    + ` ${document.operations().all().length} operations, ${payloads.length} Avro payloads`);
