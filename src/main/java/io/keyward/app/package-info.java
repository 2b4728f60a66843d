/// The command line: one class per command, the configuration, and the assembly of everything else.
///
/// Hides option parsing, configuration sources and the order of start and stop. May import every other package;
/// none may import it.
package io.keyward.app;
