package io.keyward.console.api;

/// Nothing is known of what a request asks about. The message says so to the client, as a sentence.
final class NotFoundException extends RuntimeException {
    NotFoundException(String message) {
        super(message);
    }
}
