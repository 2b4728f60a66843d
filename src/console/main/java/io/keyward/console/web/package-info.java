/// The web pages of the console, rendered on the server from the answers of `console.answer`.
///
/// The templates in `src/console/main/jte` are compiled to classes of this package at build time. They escape
/// every value by its context. Pages contain no inline scripts or styles and load nothing from other hosts. The
/// scripts refresh pages, reload parts of them and suggest names; the pages work without them. May import
/// `console.api` and below.
package io.keyward.console.web;
