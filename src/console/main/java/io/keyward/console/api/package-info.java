/// The JSON API of the console (docs/contract.md, "The console").
///
/// Each route is a query of `console.answer` with parameters from the request; `deploy/openapi.json` describes
/// them. May import `console.answer`, `ops.http` and below.
package io.keyward.console.api;
