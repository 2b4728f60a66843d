// Validates deploy/asyncapi.yaml, Avro payloads included, with AsyncAPI's own parser:
//   node .ci/asyncapi.mjs FOLDER    where FOLDER/node_modules holds @asyncapi/parser and @asyncapi/avro-schema-parser
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const { Parser, fromFile } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const avro = AvroSchemaParser();
const parser = new Parser();
parser.registerSchemaParser(avro);
const { document, diagnostics } = await fromFile(parser, 'deploy/asyncapi.yaml').parse();

// What is worth knowing but breaks nobody (a newer version of AsyncAPI, say) has severity 2 and 3.
const problems = diagnostics.filter(({ severity }) => severity <= 1).map(({ path, message }) => `${path.join('.')}: ${message}`);

// For documents of version 3 the parser turns Avro into JSON Schema, but does not ask whether it was Avro.
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
