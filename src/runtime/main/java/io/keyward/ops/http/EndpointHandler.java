package io.keyward.ops.http;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Translates between the server and the endpoints.
final class EndpointHandler extends Handler.Abstract {
    /// Headers of every response: browsers load nothing from other hosts and keep no copy.
    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff");

    private final Router router;
    private final OpenConnections connections;

    EndpointHandler(Router router, OpenConnections connections) {
        this.router = router;
        this.connections = connections;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        connections.turn(connection);
        Callback sent = Callback.from(callback, () -> connections.turn(connection));
        EndpointRequest received = read(request);
        EndpointResponse reply = Transfer.of(received, router.reply(received, Content.Source.asInputStream(request)));
        // If the body has not arrived, Jetty closes the connection without notice; the next request would be lost.
        send(request.consumeAvailable() ? reply : reply.with("Connection", "close"), response, sent);
        return true;
    }

    /// Answers requests that the server itself refuses.
    static boolean refuse(Request request, Response response, Callback callback) {
        Object reason = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        int status = response.getStatus();
        String detail = status < 500 && reason != null ? reason + "." : "The request failed; the log has the failure.";
        send(EndpointResponse.problem(status, detail), response, callback);
        return true;
    }

    private static EndpointRequest read(Request request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach(field -> headers.merge(
                        field.getLowerCaseName(),
                        Objects.requireNonNullElse(field.getValue(), ""),
                        (first, next) -> first + "," + next));
        return new EndpointRequest(
                request.getMethod(),
                Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
                Map.of(),
                Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
                headers,
                new byte[0]);
    }

    private static void send(EndpointResponse reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        HEADERS.forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach(headers::put);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }
}
