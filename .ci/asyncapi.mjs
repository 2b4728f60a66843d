// Validates deploy/asyncapi.yaml, Avro payloads included, with AsyncAPI's own parser:
//   node .ci/asyncapi.mjs FOLDER    where FOLDER/node_modules holds @asyncapi/parser and @asyncapi/avro-schema-parser
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const { Parser, fromFile } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const parser = new Parser();
parser.registerSchemaParser(AvroSchemaParser());
const { document, diagnostics } = await fromFile(parser, 'deploy/asyncapi.yaml').parse();

// What is worth knowing but breaks nobody (a newer version of AsyncAPI, say) has severity 2 and 3.
const serious = diagnostics.filter((diagnostic) => diagnostic.severity <= 1);
for (const { path, message } of serious) {
  console.error(`${path.join('.')}: ${message}`);
}
if (document === undefined || serious.length > 0) {
  console.error('deploy/asyncapi.yaml is not valid');
  process.exit(1);
}
const messages = document.allMessages().all();
const payloads = messages.filter((message) => message.hasPayload());
const unread = payloads.filter((message) => !message.payload().title() && !message.payload().properties());
if (payloads.length === 0 || unread.length > 0) {
  console.error(`not read as Avro: ${unread.map((message) => message.id()).join(', ') || 'any payload'}`);
  process.exit(1);
}
console.log(
  `valid: AsyncAPI ${document.version()}, ${document.channels().all().length} channels,`
    + ` ${document.operations().all().length} operations, ${payloads.length} Avro payloads`);
