package io.keyward.console.api;

/// Nothing is known of the subject of a request. The message is a sentence for the client.
final class NotFoundException extends RuntimeException {
    NotFoundException(String message) {
        super(message);
    }
}
