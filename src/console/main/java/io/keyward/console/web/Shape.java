package io.keyward.console.web;

/// The shape of a sign, so that its colour is never the only difference: a path in a square of 16 by 16.
enum Shape {
    CHECK("M6.2 12.6 1.9 8.3l1.5-1.5 2.8 2.8 6.4-6.4 1.5 1.5z"),
    RING("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"),
    HALF("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2v8a4 4 0 0 1 0-8z"),
    LOCK("M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z"),
    RETURN("M7 2v3h3a4.5 4.5 0 0 1 0 9H4v-2h6a2.5 2.5 0 0 0 0-5H7v3L2 6z"),
    CROSS("M3.4 2 8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z"),
    QUESTION(
            "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM7 11h2v2H7zm0-1c0-2.4 2-2.2 2-3.6C9 5 7 5 7 6.6H5C5 2.6 11 2.6 11 6.3 11 8.6 9 8.5 9 10z"),
    LETTER_I("M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM7 4h2v2H7zm0 3h2v5H7z"),
    TRIANGLE("M8 1 15.5 14.5H.5zM7 6v4h2V6zm0 5v2h2v-2z"),
    DIAMOND("M8 .5 15.5 8 8 15.5.5 8zM7 4.5v4.5h2V4.5zm0 5.5v2h2v-2z"),
    OCTAGON("M5 1h6l4 4v6l-4 4H5l-4-4V5zm2 3v5h2V4zm0 6v2h2v-2z");

    private final String path;

    Shape(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
