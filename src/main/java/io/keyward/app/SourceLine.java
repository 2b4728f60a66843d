package io.keyward.app;

/// One line of an events file, and where it stands.
///
/// @param number of the line in its file, from 1
record SourceLine(String file, int number, String text) {
    /// `file:number`, as compilers and editors write it.
    String place() {
        return file + ":" + number;
    }
}
