package io.keyward.cli.records;

/// One line of a file, and its location.
///
/// @param number of the line in its file, from 1
public record SourceLine(String file, int number, String text) {
    /// `file:number`, as compilers and editors write it.
    public String location() {
        return file + ":" + number;
    }
}
