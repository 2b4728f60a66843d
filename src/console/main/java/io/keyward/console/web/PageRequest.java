package io.keyward.console.web;

import io.keyward.ops.http.EndpointRequest;
import java.util.List;

/// The query of a page as texts; empty for missing parameters.
///
/// @param path the page
/// @param names the filters of the list, in the order of its addresses
record PageRequest(String path, EndpointRequest request, List<String> names) {
    String text(String name) {
        return request.parameter(name).orElse("").strip();
    }

    /// Whether it is not the first page of a list.
    boolean isFurther() {
        return !text("after").isEmpty();
    }

    /// The address of the first page.
    String first() {
        return next("");
    }

    /// The address of the page after a cursor.
    String next(String cursor) {
        return Links.to(on(path), "after", cursor);
    }

    /// Another address with the same filters.
    String on(String address) {
        String filtered = address;
        for (String name : names) {
            filtered = Links.to(filtered, name, text(name));
        }
        return filtered;
    }
}
