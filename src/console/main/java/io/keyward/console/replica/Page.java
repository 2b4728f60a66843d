package io.keyward.console.replica;

import java.util.List;
import java.util.Optional;

/// A page of a list.
///
/// @param next the cursor of the next page; empty at the end of the list
public record Page<T>(List<T> entries, Optional<String> next) {
    public Page {
        entries = List.copyOf(entries);
    }
}
