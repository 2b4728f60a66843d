/// The console's web pages, rendered on the server from the answers of `console.answer`.
///
/// The templates in `src/console/main/jte` become classes of this package at build time. They escape every value by its
/// context. Pages hold no script and no style of their own, and ask no other host for anything. The scripts that they
/// load refresh them, load parts of them anew and suggest names; they work without these. May import `console.api` and
/// below.
package io.keyward.console.web;
