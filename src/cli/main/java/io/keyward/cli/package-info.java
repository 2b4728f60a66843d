/// The entry point and the command tree. May import every other package; none may import it.
package io.keyward.cli;
